/**
 * Build constraints as cmd/go reads them (go/build/constraint): `linux && (amd64 || !cgo)`.
 *
 *     minGoVersion(parseConstraint('go1.22 && linux'))  => 22
 */
export type Tags = (tag: string) => boolean;

export type Constraint =
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'not'; readonly x: Constraint }
  | { readonly kind: 'and' | 'or'; readonly x: Constraint; readonly y: Constraint };

const TOKEN = /\s*(\|\||&&|!|\(|\)|[\w.\p{L}\p{N}]+)/uy;
/** As cmd/go limits them: longer ones are no constraints. */
const MAX_TOKENS = 1000;

/** Undefined where the text is not a build constraint. */
export function parseConstraint(text: string): Constraint | undefined {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) tokens.push(match[1]!);
  if (tokens.length === 0 || tokens.length > MAX_TOKENS) return undefined;
  let at = 0;
  const or = (): Constraint => {
    let x = and();
    while (tokens[at] === '||') {
      at++;
      x = { kind: 'or', x, y: and() };
    }
    return x;
  };
  const and = (): Constraint => {
    let x = not();
    while (tokens[at] === '&&') {
      at++;
      x = { kind: 'and', x, y: not() };
    }
    return x;
  };
  const not = (): Constraint => {
    const token = tokens[at++] ?? '';
    if (token === '!') return { kind: 'not', x: not() };
    if (token !== '(') return { kind: 'tag', tag: token };
    const inner = or();
    at++;
    return inner;
  };
  return or();
}

export function holds(constraint: Constraint, tags: Tags): boolean {
  switch (constraint.kind) {
    case 'tag':
      return tags(constraint.tag);
    case 'not':
      return !holds(constraint.x, tags);
    case 'and':
      return holds(constraint.x, tags) && holds(constraint.y, tags);
    case 'or':
      return holds(constraint.x, tags) || holds(constraint.y, tags);
  }
}

/** Can the constraint hold in a build that does not give this tag, whatever else it gives? */
export function possibleWithout(constraint: Constraint, tag: string, wanted = true): boolean {
  switch (constraint.kind) {
    case 'tag':
      return !wanted || constraint.tag !== tag;
    case 'not':
      return possibleWithout(constraint.x, tag, !wanted);
    case 'and':
    case 'or': {
      // Each tag is taken for free to be there or not; that one tag may be asked twice does not matter here.
      const all = (constraint.kind === 'and') === wanted;
      const x = possibleWithout(constraint.x, tag, wanted);
      return all
        ? x && possibleWithout(constraint.y, tag, wanted)
        : x || possibleWithout(constraint.y, tag, wanted);
    }
  }
}

/** The lowest N of `go1.N` that the constraint implies (go/build/constraint.GoVersion); undefined if it implies none. */
export function minGoVersion(constraint: Constraint): number | undefined {
  switch (constraint.kind) {
    case 'tag': {
      const match = /^go1(?:\.(\d+))?$/.exec(constraint.tag);
      return match === null ? undefined : Number(match[1] ?? 0);
    }
    case 'not':
      return undefined;
    case 'and': {
      const x = minGoVersion(constraint.x);
      const y = minGoVersion(constraint.y);
      return x === undefined ? y : y === undefined ? x : Math.max(x, y);
    }
    case 'or': {
      const x = minGoVersion(constraint.x);
      const y = minGoVersion(constraint.y);
      return x === undefined || y === undefined ? undefined : Math.min(x, y);
    }
  }
}
