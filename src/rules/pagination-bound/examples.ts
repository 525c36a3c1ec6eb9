/**
 * Bad and good code for each finding: small files that `explain` and docs/rules show, and that a test runs.
 */

const file = (loop: string, helpers = PAGE): string => `package devices

import (
	"context"
	"fmt"

	"github.com/google/go-github/v66/github"
)

${loop.trim()}
${helpers}`;

const PAGE = `
func use(repos []*github.Repository) { fmt.Println(len(repos)) }
`;

const search = (loop: string, parameter = ''): string =>
  file(`func all(ctx context.Context, client *github.Client, org string${parameter}) error {
	opts := &github.RepositoryListByOrgOptions{}
${loop}
}`);

const signal = search(`	for {
		repos, resp, err := client.Repositories.ListByOrg(ctx, org, opts)
		if err != nil {
			return fmt.Errorf("listing: %w", err)
		}
		use(repos)
		if resp.NextPage == 0 {
			return nil
		}
		opts.Page = resp.NextPage
	}`);

const capped = search(`	const maxPages = 1000
	for page := 1; page <= maxPages; page++ {
		opts.Page = page
		repos, resp, err := client.Repositories.ListByOrg(ctx, org, opts)
		if err != nil {
			return fmt.Errorf("listing: %w", err)
		}
		use(repos)
		if resp.NextPage == 0 {
			return nil
		}
	}
	return nil`);

export const examples = {
  unbounded: {
    bad: search(`	for {
		opts.Page++
		repos, _, err := client.Repositories.ListByOrg(ctx, org, opts)
		if err != nil {
			return fmt.Errorf("listing: %w", err)
		}
		use(repos)
	}`),
    good: signal,
  },
  'cursor-only': {
    bad: search(`	opts.Page = 1
	for opts.Page != 0 {
		repos, resp, err := client.Repositories.ListByOrg(ctx, org, opts)
		if err != nil {
			return fmt.Errorf("listing: %w", err)
		}
		use(repos)
		opts.Page = resp.NextPage
	}
	return nil`),
    good: signal,
  },
  'cursor-not-advanced': {
    bad: search(`	for {
		repos, resp, err := client.Repositories.ListByOrg(ctx, org, opts)
		if err != nil {
			return fmt.Errorf("listing: %w", err)
		}
		use(repos)
		if resp.NextPage == 0 {
			return nil
		}
	}`),
    good: signal,
  },
  'spins-on-error': {
    bad: search(`	for {
		repos, resp, err := client.Repositories.ListByOrg(ctx, org, opts)
		if err != nil {
			fmt.Println("trying again:", err)
			continue
		}
		use(repos)
		if resp.NextPage == 0 {
			return nil
		}
		opts.Page = resp.NextPage
	}`),
    good: signal,
  },
  'cap-not-enforced': {
    bad: search(`	const maxPages = 1000
	pages := 0
	for {
		repos, resp, err := client.Repositories.ListByOrg(ctx, org, opts)
		if err != nil {
			return fmt.Errorf("listing: %w", err)
		}
		use(repos)
		pages++
		if pages > maxPages {
			fmt.Println("more pages than expected:", pages)
		}
		if resp.NextPage == 0 {
			return nil
		}
		opts.Page = resp.NextPage
	}`),
    good: capped,
  },
  'cap-missing': { bad: signal, good: capped },
  unproven: {
    bad: search(
      `	for {
		repos, resp, err := client.Repositories.ListByOrg(ctx, org, opts)
		if err != nil {
			return fmt.Errorf("listing: %w", err)
		}
		use(repos)
		if last(resp) {
			return nil
		}
		opts.Page++
	}`,
      ', last func(*github.Response) bool',
    ),
    good: signal,
  },
} as const;
