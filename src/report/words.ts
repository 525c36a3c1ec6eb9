/**
 * How numbers and titles are put in words.
 *
 *     count(1, 'finding')  => '1 finding'      sentence('File too long')  => 'File too long.'
 */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** Titles and reasons become sentences: SARIF validators want a period. */
export function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
