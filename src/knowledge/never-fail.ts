/**
 * Calls whose error need not be looked at, by name: they return an error for the sake of an interface, or only if the program itself is wrong.
 *
 *     neverFails.flatMap((row) => row.names)    // '(*strings.Builder).WriteString', 'fmt.Fprintf(os.Stderr)', …
 *
 * In errcheck's notation, so that teams can bring their lists and take ours: `importpath.Func`, `(*importpath.Type).Method`,
 * `(importpath.Interface).Method`; in parentheses behind it the type of the first argument, or `os.Stdout`, `os.Stderr`. Two things are
 * ours: a `*` at the end of a name stands for any rest, and an interface as the first argument also stands for the interfaces that embed it.
 *
 * Not here, because they can fail: everything of bufio.Writer, `os.File`, `net.Conn`, any `Flush` and `Close` of a writer, `json.Marshal`.
 * What depends on how a call is used (deferred, what was opened for reading only) is the rule's business, not a matter of names.
 */

export interface NeverFail {
  /** In errcheck's notation. */
  readonly names: readonly string[];
  /** Why nobody has to look: a sentence for the documentation. */
  readonly because: string;
  /** Whether errcheck excludes them by itself. */
  readonly source: 'errcheck' | 'p0lint';
}

const PRINTS = ['fmt.Fprint', 'fmt.Fprintf', 'fmt.Fprintln'];

export const neverFails: readonly NeverFail[] = [
  {
    source: 'errcheck',
    names: methods('(*strings.Builder)', 'Write WriteByte WriteRune WriteString'),
    because: 'a builder grows; its error is always nil',
  },
  {
    source: 'errcheck',
    names: methods('(*bytes.Buffer)', 'Write WriteByte WriteRune WriteString'),
    because: 'a buffer grows, or panics; its error is always nil',
  },
  {
    source: 'errcheck',
    names: ['fmt.Print', 'fmt.Printf', 'fmt.Println'],
    because: 'a screen that cannot be written to has nobody to tell',
  },
  {
    source: 'errcheck',
    names: [...to('os.Stderr'), ...to('*bytes.Buffer'), ...to('*strings.Builder')],
    because: 'printing to the standard error stream, or to memory',
  },
  {
    source: 'errcheck',
    names: ['(hash.Hash).Write', ...methods('(*crypto/sha3.SHA3)', 'Write')],
    because: '`hash.Hash` promises that Write never returns an error',
  },
  {
    source: 'errcheck',
    names: [
      ...methods('(*crypto/sha3.SHAKE)', 'Read Write'),
      ...methods('(*hash/maphash.Hash)', 'Write WriteByte WriteString'),
    ],
    because: 'sponges and hashes in memory: the error is always nil',
  },
  {
    source: 'errcheck',
    names: ['crypto/rand.Read'],
    because: 'it crashes the program rather than return an error (Go 1.24)',
  },
  {
    source: 'errcheck',
    names: ['math/rand.Read', '(*math/rand.Rand).Read'],
    because: 'it always fills the slice; its error is always nil',
  },
  {
    source: 'errcheck',
    names: ['(*io.PipeReader).CloseWithError', '(*io.PipeWriter).CloseWithError'],
    because: 'it always returns nil',
  },
  {
    source: 'errcheck',
    names: ['errors.AsType'],
    because: 'the error it returns is what was asked for; whether there is one says its second result',
  },
  {
    source: 'p0lint',
    names: to('os.Stdout'),
    because: 'as `fmt.Println`, which writes to the same stream',
  },
  {
    source: 'p0lint',
    names: methods('(*github.com/fatih/color.Color)', 'Print Printf Println'),
    because: 'printing to the standard output in colour',
  },
  {
    source: 'p0lint',
    names: to('*text/tabwriter.Writer'),
    because: 'a tab writer keeps the first error for Flush, and Flush is not excluded',
  },
  {
    source: 'p0lint',
    names: to('net/http.ResponseWriter'),
    because: 'the client has gone away: there is nobody to tell',
  },
  {
    source: 'p0lint',
    names: [
      ...to('hash.Hash'),
      'io.WriteString(hash.Hash)',
      'io.WriteString(*strings.Builder)',
      'io.WriteString(*bytes.Buffer)',
      'io.WriteString(*hash/maphash.Hash)',
    ],
    because: 'a hash, builder or buffer under another call',
  },
  {
    source: 'p0lint',
    names: ['(*github.com/spf13/pflag.FlagSet).Get*'],
    because: 'it fails only for a flag that the program itself has not defined: the first run shows it',
  },
  {
    source: 'p0lint',
    names: [
      ...methods('(*github.com/spf13/cobra.Command)', 'MarkFlagRequired MarkPersistentFlagRequired'),
      'github.com/spf13/cobra.MarkFlagRequired',
    ],
    because: 'marking a flag fails only if the program itself has not defined it: the first run shows it',
  },
  {
    source: 'p0lint',
    names: ['os.Setenv'],
    because: 'it fails only for a name that is empty or has `=` or NUL in it',
  },
  {
    source: 'p0lint',
    names: ['(*os.Process).Kill'],
    because: 'what is killed may have ended already; how it ended says Wait',
  },
];

/** The names of both groups, or of errcheck's alone. */
export function neverFailNames(source?: NeverFail['source']): readonly string[] {
  return neverFails.flatMap((row) => (source === undefined || row.source === source ? row.names : []));
}

function methods(receiver: string, names: string): string[] {
  return names.split(' ').map((name) => `${receiver}.${name}`);
}

function to(writer: string): string[] {
  return PRINTS.map((name) => `${name}(${writer})`);
}
