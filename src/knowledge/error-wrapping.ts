/**
 * Functions that make an error, or give one a context of its own: what they return says where it comes from.
 *
 *     return errors.Wrap(err, "list hosts")     // wrapped
 *     return multierr.Append(err, cerr)         // made here
 *
 * `importpath.Func`; a `*` at the end stands for any rest of a name. A function that is given an error and returns one is taken for a
 * wrapper anyway; this list names those that make errors from other things, and those whose package has no source at hand.
 */
export const errorMakers: readonly string[] = [
  'errors.New',
  'errors.Join',
  'fmt.Errorf',
  'github.com/pkg/errors.*',
  'golang.org/x/xerrors.*',
  'github.com/cockroachdb/errors.*',
  'github.com/rotisserie/eris.*',
  'github.com/juju/errors.*',
  'github.com/go-errors/errors.*',
  'github.com/go-faster/errors.*',
  'gitlab.com/tozd/go/errors.*',
  'emperror.dev/errors.*',
  'github.com/samber/oops.*',
  'github.com/joomcode/errorx.*',
  'github.com/palantir/stacktrace.*',
  'github.com/gravitational/trace.*',
  'github.com/hashicorp/errwrap.*',
  'github.com/hashicorp/go-multierror.*',
  'go.uber.org/multierr.*',
  'google.golang.org/grpc/status.Error*',
  'connectrpc.com/connect.NewError',
];

/** Errors that everybody knows and nobody needs a context for: why a context ended. */
export const contextErrors: readonly string[] = ['(context.Context).Err', 'context.Cause'];
