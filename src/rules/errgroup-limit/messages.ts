/**
 * What the rule can say, in the order of the table in the specification.
 */
const IMPORTS = `import (
	"context"

	"golang.org/x/sync/errgroup"
)
`;
const WORK = `func fetch(ctx context.Context, id string) error { return ctx.Err() }
`;

function example(body: string): string {
  return `package acme\n\n${IMPORTS}\n${WORK}\n${body.trim()}\n`;
}

export const messages = {
  'no-limit': {
    code: 'P0-401',
    level: 'error',
    title: 'Group without a limit',
    text: 'The errgroup {group} starts goroutines without a limit{where}: nothing bounds how many run at once. Call SetLimit before the first Go, on every path.',
    why: 'A customer with ten thousand assets then means ten thousand requests at once: rate limits, exhausted sockets, a worker that dies.',
    remedy:
      'Call SetLimit right after the group is made. 10 suits most APIs; take what the vendor documents as its concurrency.',
    precision: 'very-high',
    cwe: [770],
    bad: example(`
func run(ctx context.Context, ids []string) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, id := range ids {
		id := id
		g.Go(func() error { return fetch(ctx, id) })
	}
	return g.Wait()
}`),
    good: example(`
func run(ctx context.Context, ids []string) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(10)
	for _, id := range ids {
		id := id
		g.Go(func() error { return fetch(ctx, id) })
	}
	return g.Wait()
}`),
  },
  'limit-after-go': {
    code: 'P0-402',
    level: 'error',
    title: 'Limit set after Go',
    text: 'SetLimit comes after a Go on {group}: changing a limit while goroutines are active panics, and a first one does not hold those already running. Set it before the first Go.',
    why: 'errgroup panics when a limit is changed with goroutines active; and the limit does not hold those that were started before.',
    remedy: 'Move SetLimit up to where the group is made. Between two rounds set it after Wait.',
    precision: 'very-high',
    cwe: [770],
    bad: example(`
func run(ctx context.Context, ids []string) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, id := range ids {
		id := id
		g.Go(func() error { return fetch(ctx, id) })
	}
	g.SetLimit(10)
	return g.Wait()
}`),
    good: example(`
func run(ctx context.Context, ids []string) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(10)
	for _, id := range ids {
		id := id
		g.Go(func() error { return fetch(ctx, id) })
	}
	return g.Wait()
}`),
  },
  'limit-not-positive': {
    code: 'P0-403',
    level: 'error',
    title: 'Limit of zero or below',
    text: 'The limit of {group} is {value}: {effect}. Set a limit from {min} to {max}.',
    why: 'SetLimit(0) makes the first Go block for ever; a negative limit is no limit at all.',
    remedy: 'Give the number of goroutines that may run at once.',
    precision: 'very-high',
    bad: example(`
func run(ctx context.Context, ids []string) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(-1)
	for _, id := range ids {
		id := id
		g.Go(func() error { return fetch(ctx, id) })
	}
	return g.Wait()
}`),
    good: example(`
func run(ctx context.Context, ids []string) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(10)
	for _, id := range ids {
		id := id
		g.Go(func() error { return fetch(ctx, id) })
	}
	return g.Wait()
}`),
  },
  'limit-out-of-range': {
    code: 'P0-404',
    level: 'warning',
    title: 'Limit outside the range',
    text: 'The limit of {group} is {value}, outside {min} to {max}: more at once than an API stands. Lower it, or widen the range in the configuration.',
    why: 'A limit that no vendor allows is no protection.',
    remedy: 'Take what the vendor documents as its concurrency; 10, 25 and 30 are usual.',
    precision: 'very-high',
    bad: example(`
func run(ctx context.Context, ids []string) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(500)
	for _, id := range ids {
		id := id
		g.Go(func() error { return fetch(ctx, id) })
	}
	return g.Wait()
}`),
    good: example(`
func run(ctx context.Context, ids []string) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(25)
	for _, id := range ids {
		id := id
		g.Go(func() error { return fetch(ctx, id) })
	}
	return g.Wait()
}`),
  },
  'loop-variable': {
    code: 'P0-405',
    level: 'error',
    title: 'Loop variable shared with goroutines',
    text: 'The goroutine uses the loop variable {variable}, {reason}: it mostly sees the value of a later turn. Copy it in the loop body: {variable} := {variable}.',
    why: 'Some items are worked on several times and others never, and nothing fails.',
    remedy:
      'Copy the variable at the top of the loop body, or let the loop declare it and raise the language version to go 1.22.',
    precision: 'very-high',
    bad: example(`
func run(ctx context.Context, ids []string) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(10)
	var id string
	for _, id = range ids {
		g.Go(func() error { return fetch(ctx, id) })
	}
	return g.Wait()
}`),
    good: example(`
func run(ctx context.Context, ids []string) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(10)
	for _, id := range ids {
		id := id
		g.Go(func() error { return fetch(ctx, id) })
	}
	return g.Wait()
}`),
  },
  'wait-missing': {
    code: 'P0-406',
    level: 'error',
    title: 'Nobody waits for the group',
    text: 'Nothing waits for the errgroup {group}: its goroutines go on after the function returns, and their errors are lost. Call Wait and return its error.',
    why: 'The run ends as a success while requests are still under way, and what fails in them is never heard of.',
    remedy: 'End with return g.Wait(), or hand the group to somebody who waits.',
    precision: 'high',
    cwe: [404],
    bad: example(`
func run(ctx context.Context, ids []string) {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(10)
	for _, id := range ids {
		id := id
		g.Go(func() error { return fetch(ctx, id) })
	}
}`),
    good: example(`
func run(ctx context.Context, ids []string) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(10)
	for _, id := range ids {
		id := id
		g.Go(func() error { return fetch(ctx, id) })
	}
	return g.Wait()
}`),
  },
  'wait-error-ignored': {
    code: 'P0-407',
    level: 'error',
    title: 'Error of Wait dropped',
    text: 'The error of Wait on {group} is dropped: it is the only way to hear that a goroutine failed. Return it.',
    why: 'An import that fetched a third of the assets looks like one that fetched all of them.',
    remedy:
      'Return the error, or join it with the one that is already on its way: errors.Join(err, g.Wait()).',
    precision: 'very-high',
    cwe: [252],
    bad: example(`
func run(ctx context.Context, ids []string) {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(10)
	for _, id := range ids {
		id := id
		g.Go(func() error { return fetch(ctx, id) })
	}
	_ = g.Wait()
}`),
    good: example(`
func run(ctx context.Context, ids []string) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(10)
	for _, id := range ids {
		id := id
		g.Go(func() error { return fetch(ctx, id) })
	}
	return g.Wait()
}`),
  },
  'swallowed-in-goroutine': {
    code: 'P0-408',
    level: 'warning',
    title: 'Goroutine logs its error and returns nil',
    text: 'The goroutine logs {error} and returns nil: the group, and whoever waits for it, takes the failure for a success. Return the error, or collect it.',
    why: 'A run in which every request failed ends as a success.',
    remedy: 'Return the error; if the others shall go on, collect it and join all of them after Wait.',
    precision: 'high',
    cwe: [391],
    bad: `package acme\n\nimport (\n\t"context"\n\t"log"\n\n\t"golang.org/x/sync/errgroup"\n)\n\n${WORK}
func run(ctx context.Context, ids []string) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(10)
	for _, id := range ids {
		id := id
		g.Go(func() error {
			if err := fetch(ctx, id); err != nil {
				log.Printf("fetch %s: %v", id, err)
				return nil
			}
			return nil
		})
	}
	return g.Wait()
}
`,
    good: `package acme\n\nimport (\n\t"context"\n\t"fmt"\n\n\t"golang.org/x/sync/errgroup"\n)\n\n${WORK}
func run(ctx context.Context, ids []string) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(10)
	for _, id := range ids {
		id := id
		g.Go(func() error {
			if err := fetch(ctx, id); err != nil {
				return fmt.Errorf("fetch %s: %w", id, err)
			}
			return nil
		})
	}
	return g.Wait()
}
`,
  },
  'bare-goroutine': {
    code: 'P0-409',
    level: 'warning',
    title: 'Goroutine in a loop without a limit',
    text: 'Each turn of the loop starts a goroutine, and nothing limits how many run at once{hint}. Use an errgroup with SetLimit.',
    why: 'As many requests run at once as there is data, and what fails in them is lost.',
    remedy: 'Use an errgroup with a limit, a fixed number of workers, or a semaphore.',
    precision: 'high',
    cwe: [770],
    bad: `package acme\n\nimport "context"\n\n${WORK}
func run(ctx context.Context, ids []string) {
	for _, id := range ids {
		go fetch(ctx, id)
	}
}
`,
    good: example(`
func run(ctx context.Context, ids []string) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(10)
	for _, id := range ids {
		id := id
		g.Go(func() error { return fetch(ctx, id) })
	}
	return g.Wait()
}`),
  },
} as const;
