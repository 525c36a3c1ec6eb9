/**
 * Random functions: structured ones, and ones made of labels and `goto` alone, whose graphs are anything at all.
 */
import fc from 'fast-check';

/** A function body of `n` labelled statements, each of which may go to any two others. Every graph is possible, unreachable parts too. */
export const spaghetti: fc.Arbitrary<string> = fc
  .integer({ min: 1, max: 9 })
  .chain((n) => {
    const target = fc.integer({ min: 0, max: n });
    return fc.array(fc.tuple(target, target, fc.boolean()), { minLength: n, maxLength: n });
  })
  .map((steps) => {
    const lines = steps.map(([a, b, branches], i) =>
      branches ? `L${i}: s${i}(); if c${i} { goto L${a} }; goto L${b}` : `L${i}: s${i}(); goto L${b}`,
    );
    return [...lines, `L${steps.length}: s${steps.length}()`].join('\n');
  });

interface Structured {
  readonly block: string;
}

const { block } = fc.letrec<Structured & { readonly stmt: string }>((tie) => ({
  block: fc.array(tie('stmt'), { minLength: 0, maxLength: 4 }).map((stmts) => stmts.join('\n')),
  stmt: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'go' },
    fc.constantFrom(
      'a()',
      'x++',
      'defer d()',
      'return',
      'panic(1)',
      'if a { return }',
      'go g()',
      'b = c && d()',
    ),
    fc.tuple(tie('block'), tie('block')).map(([x, y]) => `if a && !(b || c()) {\n${x}\n} else {\n${y}\n}`),
    tie('block').map((x) => `for i := 0; i < n || more; i++ {\n${x}\nif p { break }\nif q { continue }\n}`),
    tie('block').map((x) => `for {\n${x}\n}`),
    tie('block').map((x) => `for k := range m {\n${x}\n}`),
    fc
      .tuple(tie('block'), tie('block'))
      .map(([x, y]) => `switch t {\ncase 1, f():\n${x}\nfallthrough\ncase 2:\n${y}\nbreak\n}`),
    fc.tuple(tie('block'), tie('block')).map(([x, y]) => `switch {\ncase u || v:\n${x}\ndefault:\n${y}\n}`),
    fc
      .tuple(tie('block'), tie('block'))
      .map(([x, y]) => `switch v := w.(type) {\ncase int:\nuse(v)\n${x}\ndefault:\n${y}\n}`),
    fc
      .tuple(tie('block'), tie('block'))
      .map(([x, y]) => `select {\ncase r := <-in:\nuse(r)\n${x}\ncase out <- 1:\n${y}\n}`),
  ),
}));

/** A function body of nested statements of all kinds. */
export const structured: fc.Arbitrary<string> = block;
