/**
 * Functions without source at hand that call what they are given, and what comes of it. `*` stands for any run of characters in a name.
 *
 *     t.once.Do(t.load)                     calls
 *     err := backoff.Retry(t.ping, policy)  calls, perhaps several times, and returns the last error
 *     g.Go(t.ping)                          starts a goroutine
 */

/** The function is called before the call returns; its results, if the call has as many, are the results of the call. */
export const callsItsFunction: readonly string[] = [
  'sync.Once.Do',
  'golang.org/x/sync/singleflight.Group.Do',
  'github.com/cenkalti/backoff.Retry*',
  'github.com/cenkalti/backoff/v3.Retry*',
  'github.com/cenkalti/backoff/v4.Retry*',
  'github.com/cenkalti/backoff/v5.Retry*',
  'github.com/avast/retry-go.Do*',
  'github.com/avast/retry-go/v3.Do*',
  'github.com/avast/retry-go/v4.Do*',
  'github.com/sethvargo/go-retry.Do*',
  'github.com/sethvargo/go-retry.Constant',
  'github.com/sethvargo/go-retry.Exponential',
  'github.com/sethvargo/go-retry.Fibonacci',
  'runtime/pprof.Do',
];

/** The function runs at the same time as what follows, or at any time later. */
export const startsItsFunction: readonly string[] = [
  'golang.org/x/sync/errgroup.Group.Go',
  'golang.org/x/sync/errgroup.Group.TryGo',
  'sync.WaitGroup.Go',
  'time.AfterFunc',
  'context.AfterFunc',
  'github.com/sourcegraph/conc.WaitGroup.Go',
  'github.com/sourcegraph/conc/pool.*.Go',
  'github.com/panjf2000/ants/v2.Submit',
  'github.com/panjf2000/ants/v2.Pool.Submit',
  'github.com/alitto/pond.WorkerPool.Submit*',
];

/** The first of these waits for what was started and returns its error. */
export const waitsForItsFunctions: readonly string[] = [
  'golang.org/x/sync/errgroup.Group.Wait',
  'github.com/sourcegraph/conc/pool.*.Wait',
];
