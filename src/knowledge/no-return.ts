/**
 * Functions that never come back to their caller: they end the process, the goroutine, or panic.
 *
 * By import path; methods as `Type.Name`, whatever the receiver. From the packages' own documentation.
 * Not here: functions that end the process only sometimes (`cobra.CheckErr`, `flag.Parse`, test skips behind a condition).
 */
const NO_RETURN: Readonly<Record<string, string>> = {
  os: 'Exit',
  runtime: 'Goexit',
  syscall: 'Exit',
  log: 'Fatal Fatalf Fatalln Panic Panicf Panicln Logger.Fatal Logger.Fatalf Logger.Fatalln Logger.Panic Logger.Panicf Logger.Panicln',
  testing:
    'common.FailNow common.Fatal common.Fatalf common.Skip common.Skipf common.SkipNow TB.FailNow TB.Fatal TB.Fatalf TB.Skip TB.Skipf TB.SkipNow',
  'github.com/sirupsen/logrus':
    'Fatal Fatalf Fatalln Panic Panicf Panicln Exit Logger.Fatal Logger.Fatalf Logger.Fatalln Logger.Panic Logger.Panicf Logger.Panicln Logger.Exit Entry.Fatal Entry.Fatalf Entry.Fatalln Entry.Panic Entry.Panicf Entry.Panicln FieldLogger.Fatal FieldLogger.Fatalf FieldLogger.Fatalln FieldLogger.Panic FieldLogger.Panicf FieldLogger.Panicln',
  'go.uber.org/zap':
    'Logger.Fatal Logger.Panic SugaredLogger.Fatal SugaredLogger.Fatalf SugaredLogger.Fatalln SugaredLogger.Fatalw SugaredLogger.Panic SugaredLogger.Panicf SugaredLogger.Panicln SugaredLogger.Panicw',
  'k8s.io/klog':
    'Fatal Fatalf Fatalln FatalDepth FatalfDepth FatallnDepth Exit Exitf Exitln ExitDepth ExitfDepth ExitlnDepth',
  'k8s.io/klog/v2':
    'Fatal Fatalf Fatalln FatalDepth FatalfDepth FatallnDepth Exit Exitf Exitln ExitDepth ExitfDepth ExitlnDepth',
  'github.com/golang/glog':
    'Fatal Fatalf Fatalln FatalDepth FatalDepthf Exit Exitf Exitln ExitDepth ExitDepthf',
};

const table = new Map(Object.entries(NO_RETURN).map(([path, names]) => [path, new Set(names.split(' '))]));

/** `receiver`: the name of the type that declares the method, undefined for functions. */
export function neverReturns(importPath: string, receiver: string | undefined, name: string): boolean {
  return table.get(importPath)?.has(receiver === undefined ? name : `${receiver}.${name}`) === true;
}
