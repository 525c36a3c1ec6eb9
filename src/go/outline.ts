/**
 * Go source without what only its own package needs: bodies of functions, contents of tables, comments.
 *
 *     // Get fetches.                               func (c *Client) Get(ctx context.Context) (*Page, error) {
 *     func (c *Client) Get(ctx … {            =>
 *       return c.do(ctx, "GET")
 *     }                                             }
 *
 * Of dependencies only declarations are read (decision 7), and most of their text is something else: an SDK may have ten megabytes of it.
 * Leaving it out before parsing costs a tenth of parsing it. Lines keep their numbers; what comes before the package clause stays as it is.
 *
 * Not Go's grammar: only as much of its tokens as it takes to find matching braces. Text that is not Go comes out shortened in odd places,
 * which is no worse than what it was.
 */

const NEWLINE = 10;
const QUOTE = 34;
const APOSTROPHE = 39;
const OPEN_PAREN = 40;
const CLOSE_PAREN = 41;
const STAR = 42;
const SLASH = 47;
const EQUALS = 61;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const BACKTICK = 96;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** The declarations of a file. `text` is decoded Go source. */
export function outline(text: string): string {
  const start = packageClause(text);
  return start < 0 ? text : text.slice(0, start) + new Outliner(text, start).run();
}

/** The offset of the package clause; -1 if there is none. */
function packageClause(text: string): number {
  let at = 0;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === SLASH) {
      const next = text.charCodeAt(at + 1);
      const end = next === SLASH ? text.indexOf('\n', at) : text.indexOf('*/', at + 2);
      if (end < 0) return -1;
      at = next === SLASH ? end : end + 2;
    } else if (code <= 32 || code === 0xfeff) at++;
    else return text.startsWith('package', at) ? at : -1;
  }
}

class Outliner {
  private readonly text: string;
  private readonly parts: string[] = [];
  private at: number;
  /** Where what is kept and not yet copied begins. */
  private kept: number;
  /** Open parentheses and brackets, and braces that are kept. */
  private depth = 0;
  /** The last word or sign before the current one. */
  private previous = '';
  /** The keyword of the declaration: `func`, `var`, `type`, `const`, `import`; empty behind a function. */
  private declaration = '';
  /** In `[...]T{…}` the elements count. */
  private measured = false;

  constructor(text: string, start: number) {
    this.text = text;
    this.at = start;
    this.kept = start;
  }

  run(): string {
    const { text } = this;
    while (this.at < text.length) {
      const code = text.charCodeAt(this.at);
      if (code === NEWLINE) this.newline();
      else if (code <= 32) this.at++;
      else if (isWord(code)) this.word();
      else if (code === SLASH && this.comment()) continue;
      else if (code === QUOTE || code === APOSTROPHE || code === BACKTICK) {
        this.at = endOfQuoted(text, this.at, code);
        this.previous = '"';
      } else this.sign(code);
    }
    this.parts.push(text.slice(this.kept));
    return this.parts.join('');
  }

  private newline(): void {
    if (this.depth === 0) {
      this.measured = false;
      // A function without a body: it is written elsewhere.
      if (this.declaration === 'func') this.declaration = '';
    }
    this.at++;
  }

  private word(): void {
    const { text } = this;
    const start = this.at;
    let end = start + 1;
    while (end < text.length && isWord(text.charCodeAt(end))) end++;
    this.at = end;
    const word = text.slice(start, end);
    if (this.depth === 0 && isDeclaration(word) && (word !== 'func' || atLineStart(text, start)))
      this.declaration = word;
    this.previous = word;
  }

  /** Leaves out a comment, or is it a division? */
  private comment(): boolean {
    const { text, at } = this;
    const next = text.charCodeAt(at + 1);
    if (next !== SLASH && next !== STAR) return false;
    let end = next === SLASH ? text.indexOf('\n', at) : text.indexOf('*/', at + 2) + 2;
    if (end < (next === SLASH ? 0 : 2)) end = text.length;
    this.leaveOut(at, end);
    return true;
  }

  private sign(code: number): void {
    this.at++;
    switch (code) {
      case OPEN_PAREN:
      case OPEN_BRACKET:
        this.depth++;
        if (code === OPEN_BRACKET && this.text.startsWith('...', this.at)) this.measured = true;
        break;
      case CLOSE_PAREN:
      case CLOSE_BRACKET:
      case CLOSE_BRACE:
        if (this.depth > 0) this.depth--;
        break;
      case OPEN_BRACE:
        if (this.leavesOut()) {
          const end = endOfBlock(this.text, this.at);
          this.leaveOut(this.at, end);
          this.at = Math.min(end + 1, this.text.length);
        } else this.depth++;
        break;
      case EQUALS:
        this.measured = false;
        break;
    }
    this.previous = String.fromCharCode(code);
  }

  /** Is the brace that was just read that of a body or table? Those of structs and interfaces are not. */
  private leavesOut(): boolean {
    if (this.previous === 'struct' || this.previous === 'interface') return false;
    return this.declaration === 'var' ? !this.measured : this.declaration === 'func' && this.depth === 0;
  }

  /** Drops the text from `start` to `end` but for its line breaks. */
  private leaveOut(start: number, end: number): void {
    this.parts.push(this.text.slice(this.kept, start), lineBreaks(this.text, start, end));
    this.kept = end;
    this.at = end;
  }
}

function isWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    code === 95 ||
    (code >= 48 && code <= 57) ||
    code >= 0x80
  );
}

function isDeclaration(word: string): boolean {
  return word === 'func' || word === 'var' || word === 'type' || word === 'const' || word === 'import';
}

function atLineStart(text: string, at: number): boolean {
  return at === 0 || text.charCodeAt(at - 1) === NEWLINE;
}

/** Behind the closing quote of a string or rune. */
function endOfQuoted(text: string, start: number, quote: number): number {
  if (quote === BACKTICK) {
    const end = text.indexOf('`', start + 1);
    return end < 0 ? text.length : end + 1;
  }
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === BACKSLASH) i++;
    else if (code === quote) return i + 1;
    // Not closed: the line ends it.
    else if (code === NEWLINE) return i;
  }
  return text.length;
}

/** The offset of the brace that closes a block; `at` is behind the one that opens it. */
function endOfBlock(text: string, at: number): number {
  let depth = 1;
  for (let i = at; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === OPEN_BRACE) depth++;
    else if (code === CLOSE_BRACE) {
      if (--depth === 0) return i;
    } else if (code === QUOTE || code === APOSTROPHE || code === BACKTICK) i = endOfQuoted(text, i, code) - 1;
    else if (code === SLASH) {
      const next = text.charCodeAt(i + 1);
      if (next === SLASH) i = text.indexOf('\n', i);
      else if (next === STAR) i = text.indexOf('*/', i + 2) + 1;
      if (i <= 0) return text.length;
    }
  }
  return text.length;
}

function lineBreaks(text: string, start: number, end: number): string {
  let count = 0;
  for (let i = text.indexOf('\n', start); i >= 0 && i < end; i = text.indexOf('\n', i + 1)) count++;
  return '\n'.repeat(count);
}
