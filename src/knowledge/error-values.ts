/**
 * What functions that make, wrap and inspect errors return, as far as nil is concerned.
 *
 *     errors.New("x")              never nil
 *     errors.Join(a, b)            nil exactly if all of them are (pkg.go.dev/errors)
 *     errors.Is(nil, ErrExpired)   false
 *
 * `fmt.Errorf("…: %w", nil)` is not nil: wrapping forgets whether there was an error at all.
 */
export const makesError: readonly string[] = [
  'errors.New',
  'fmt.Errorf',
  'golang.org/x/xerrors.New',
  'golang.org/x/xerrors.Errorf',
  'github.com/pkg/errors.New',
  'github.com/pkg/errors.Errorf',
  'github.com/cockroachdb/errors.New*',
  'github.com/cockroachdb/errors.Errorf',
  'google.golang.org/grpc/status.Error*',
  'github.com/cenkalti/backoff/v4.Permanent',
];

/** Nil exactly if all error arguments are. */
export const nilIfAllAre: readonly string[] = [
  'errors.Join',
  'cmp.Or',
  'github.com/pkg/errors.Wrap*',
  'github.com/pkg/errors.With*',
  'github.com/cockroachdb/errors.Wrap*',
  'github.com/cockroachdb/errors.With*',
  'github.com/cockroachdb/errors.Join',
  'go.uber.org/multierr.Append',
  'go.uber.org/multierr.Combine',
  'github.com/hashicorp/go-multierror.Append',
];

/** False where the first argument is nil. */
export const falseOfNil: readonly string[] = [
  'errors.Is',
  'errors.As',
  'github.com/pkg/errors.Is',
  'github.com/pkg/errors.As',
  'github.com/cockroachdb/errors.Is*',
  'github.com/cockroachdb/errors.As',
  'os.IsNotExist',
  'os.IsPermission',
  'os.IsTimeout',
];
