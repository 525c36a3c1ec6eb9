/**
 * The three calls of the GitHub API that the action makes: files of a pull request, comments of it, who we are.
 *
 * The token goes to the API's host only: redirects are refused. Every call ends by itself. Failures are values, never exceptions, because
 * none of them may fail a check: a fork has no rights, a server has a bad day.
 */

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  /** Why, in words that may be printed: no token, no body of the answer. */
  | { readonly ok: false; readonly status: number | undefined; readonly why: string };

export interface Comment {
  readonly id: number;
  readonly body: string;
  readonly author: string;
}

export interface GitHubApi {
  /** Paths that exist after the change. At most 3,000, as GitHub has it. */
  changedFiles(pull: number): Promise<Answer<readonly string[]>>;
  comments(pull: number): Promise<Answer<readonly Comment[]>>;
  createComment(pull: number, body: string): Promise<Answer<null>>;
  updateComment(id: number, body: string): Promise<Answer<null>>;
  /** The login that our comments bear. */
  login(): Promise<string>;
}

const TIMEOUT_MS = 20_000;
const PAGE = 100;
/** More pages than GitHub serves: a server that pages without end must not keep the job busy. */
const MAX_PAGES = 100;

/** `repository`: `owner/name`. */
export function gitHubApi(
  baseUrl: string,
  repository: string,
  token: string,
  request: typeof fetch,
  timeoutMs = TIMEOUT_MS,
): GitHubApi {
  const call = async (method: string, path: string, body?: unknown): Promise<Answer<unknown>> => {
    try {
      const response = await request(`${baseUrl.replace(/\/$/, '')}${path}`, {
        method,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          accept: 'application/vnd.github+json',
          authorization: `Bearer ${token}`,
          'user-agent': 'p0lint',
          'x-github-api-version': '2022-11-28',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok) {
        await response.body?.cancel();
        return { ok: false, status: response.status, why: `${method} was answered with ${response.status}` };
      }
      return { ok: true, value: await response.json() };
    } catch (error) {
      const timedOut = error instanceof Error && error.name === 'TimeoutError';
      return {
        ok: false,
        status: undefined,
        why: timedOut ? `no answer within ${timeoutMs / 1000} s` : 'the connection failed',
      };
    }
  };

  /** All pages of a list; a page that is no list ends it as a failure. */
  const pages = async (path: string): Promise<Answer<readonly unknown[]>> => {
    const all: unknown[] = [];
    for (let page = 1; page <= MAX_PAGES; page++) {
      const answer = await call('GET', `${path}?per_page=${PAGE}&page=${page}`);
      if (!answer.ok) return answer;
      if (!Array.isArray(answer.value)) return { ok: false, status: 200, why: 'the answer is no list' };
      all.push(...answer.value);
      if (answer.value.length < PAGE) return { ok: true, value: all };
    }
    return { ok: true, value: all };
  };

  return {
    async changedFiles(pull) {
      const answer = await pages(`/repos/${repository}/pulls/${pull}/files`);
      if (!answer.ok) return answer;
      const files = answer.value as readonly { readonly filename?: unknown; readonly status?: unknown }[];
      const names = files.filter((f) => f.status !== 'removed').map((f) => f.filename);
      return { ok: true, value: names.filter((name) => typeof name === 'string') };
    },
    async comments(pull) {
      const answer = await pages(`/repos/${repository}/issues/${pull}/comments`);
      if (!answer.ok) return answer;
      const list = answer.value as readonly {
        id?: unknown;
        body?: unknown;
        user?: { login?: unknown } | null;
      }[];
      return {
        ok: true,
        value: list.flatMap(({ id, body, user }) =>
          typeof id === 'number' && typeof body === 'string' && typeof user?.login === 'string'
            ? [{ id, body, author: user.login }]
            : [],
        ),
      };
    },
    createComment: async (pull, body) =>
      done(await call('POST', `/repos/${repository}/issues/${pull}/comments`, { body })),
    updateComment: async (id, body) =>
      done(await call('PATCH', `/repos/${repository}/issues/comments/${id}`, { body })),
    async login() {
      const answer = await call('GET', '/user');
      const login = answer.ok ? (answer.value as { login?: unknown }).login : undefined;
      // The workflow's own token is an app's and may not ask who it is.
      return typeof login === 'string' ? login : 'github-actions[bot]';
    },
  };
}

function done(answer: Answer<unknown>): Answer<null> {
  return answer.ok ? { ok: true, value: null } : answer;
}
