/**
 * Functions that never return to their caller: they end the program, the goroutine or the test, or panic.
 *
 *     neverReturns('os', undefined, 'Exit')                      // os.Exit
 *     neverReturns('log', 'Logger', 'Fatalf')                    // (*log.Logger).Fatalf
 *
 * In errcheck's notation: `importpath.Func`, `(*importpath.Type).Method`, `(importpath.Interface).Method`. The builtin `panic` has no path.
 *
 * Not here, because they may return: `cobra.CheckErr` and kong's `FatalIfErrorf` (only an error ends the program), zap's `DPanic` (panics
 * in development only), `syscall.Exec` (returns if it fails), `t.Error` and `t.Fail` (the test goes on).
 * Loggers can be told to do something else at level Fatal (`ExitFunc` of logrus, hooks of zap): whoever calls Fatal does not count on it.
 */

const logMethods = 'Fatal Fatalf Fatalln Panic Panicf Panicln';
const testMethods = 'FailNow Fatal Fatalf Skip Skipf SkipNow';

const functions: ReadonlySet<string> = new Set([
  ...named('os', 'Exit'),
  ...named('runtime', 'Goexit'),
  ...named('syscall', 'Exit'),
  ...named('golang.org/x/sys/unix', 'Exit'),
  ...named('golang.org/x/sys/windows', 'ExitProcess'),
  ...named('log', logMethods),
  ...named('(*log.Logger)', logMethods),

  // What T, B and F embed: t.Fatal is a method of it.
  ...named('(*testing.common)', testMethods),
  ...named('(testing.TB)', testMethods),
  ...named('github.com/stretchr/testify/assert', 'FailNow'),
  ...named('github.com/stretchr/testify/require', 'FailNow FailNowf Fail Failf'),
  ...named('(*github.com/stretchr/testify/require.Assertions)', 'FailNow FailNowf Fail Failf'),
  ...named('github.com/onsi/ginkgo/v2', 'Fail Skip AbortSuite'),

  ...named('k8s.io/klog', 'Fatal Fatalf Fatalln FatalDepth Exit Exitf Exitln ExitDepth'),
  ...named('k8s.io/klog/v2', 'Fatal Fatalf Fatalln FatalDepth Exit Exitf Exitln ExitDepth FlushAndExit'),
  ...named('github.com/golang/glog', 'Fatal Fatalf Fatalln FatalDepth FatalDepthf'),
  ...named('github.com/golang/glog', 'FatalContext FatalContextf FatalContextDepth FatalContextDepthf'),
  ...named('github.com/golang/glog', 'Exit Exitf Exitln ExitDepth ExitDepthf'),
  ...named('github.com/golang/glog', 'ExitContext ExitContextf ExitContextDepth ExitContextDepthf'),

  ...named('github.com/sirupsen/logrus', `${logMethods} FatalFn PanicFn Exit`),
  ...named('(*github.com/sirupsen/logrus.Logger)', `${logMethods} FatalFn PanicFn Exit`),
  ...named('(*github.com/sirupsen/logrus.Entry)', logMethods),
  ...named('(github.com/sirupsen/logrus.StdLogger)', logMethods),
  ...named('(github.com/sirupsen/logrus.FieldLogger)', logMethods),
  ...named('(github.com/sirupsen/logrus.Ext1FieldLogger)', logMethods),

  ...named('(*go.uber.org/zap.Logger)', 'Fatal Panic'),
  ...named('(*go.uber.org/zap.SugaredLogger)', 'Fatal Fatalf Fatalw Fatalln Panic Panicf Panicw Panicln'),

  ...named('google.golang.org/grpc/grpclog', 'Fatal Fatalf Fatalln'),
  ...named('github.com/charmbracelet/log', 'Fatal Fatalf'),
  ...named('(*github.com/charmbracelet/log.Logger)', 'Fatal Fatalf'),
  ...named('github.com/apex/log', 'Fatal Fatalf'),
  ...named('(*github.com/apex/log.Logger)', 'Fatal Fatalf'),
  ...named('(*github.com/apex/log.Entry)', 'Fatal Fatalf'),
  ...named('(github.com/apex/log.Interface)', 'Fatal Fatalf'),

  ...named('github.com/alecthomas/kingpin/v2', 'Fatalf FatalUsage FatalUsageContext'),
  ...named('(*github.com/alecthomas/kingpin/v2.Application)', 'Fatalf FatalUsage FatalUsageContext'),
  ...named('github.com/urfave/cli/v2', 'ShowAppHelpAndExit ShowCommandHelpAndExit ShowSubcommandHelpAndExit'),
]);

/** In `log.Fatal().Err(err).Msg("no token")` it is the last call that ends the program, because of the first. */
const eventStarts: ReadonlySet<string> = new Set([
  ...named('github.com/rs/zerolog/log', 'Fatal Panic'),
  ...named('(*github.com/rs/zerolog.Logger)', 'Fatal Panic'),
  ...named('github.com/projectdiscovery/gologger', 'Fatal'),
  ...named('(*github.com/projectdiscovery/gologger.Logger)', 'Fatal'),
]);
const eventEnds: ReadonlySet<string> = new Set(['Msg', 'Msgf', 'MsgFunc', 'Send']);

/** Most calls are told apart by their bare name. */
const bareNames: ReadonlySet<string> = new Set(
  [...functions].map((full) => full.slice(full.lastIndexOf('.') + 1)),
);

function named(owner: string, names: string): string[] {
  return names.split(' ').map((name) => `${owner}.${name}`);
}

/**
 * Does a call of this function never return? `type` is the name of the receiver's type for methods, pointer or not, and of the interface
 * for methods called through one; undefined for functions.
 */
export function neverReturns(importPath: string, type: string | undefined, name: string): boolean {
  return bareNames.has(name) && contains(functions, importPath, type, name);
}

/** Does the function begin a log event whose sending ends the program (zerolog's `Fatal()`)? It returns itself. */
export function beginsFatalEvent(importPath: string, type: string | undefined, name: string): boolean {
  return contains(eventStarts, importPath, type, name);
}

/**
 * Is this the name of a method that sends a log event? Called on an event that `beginsFatalEvent` has begun, it never returns. The name is
 * enough: what is begun so is an event, also where the logger's source is missing.
 */
export function sendsEvent(name: string): boolean {
  return eventEnds.has(name);
}

function contains(
  set: ReadonlySet<string>,
  importPath: string,
  type: string | undefined,
  name: string,
): boolean {
  if (type === undefined) return set.has(`${importPath}.${name}`);
  return set.has(`(*${importPath}.${type}).${name}`) || set.has(`(${importPath}.${type}).${name}`);
}

/** All of them, in errcheck's notation, sorted: for the documentation. */
export function noReturnFunctions(): readonly string[] {
  return [...functions, ...eventStarts].sort();
}
