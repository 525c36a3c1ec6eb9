/**
 * A server that plays the part of GitHub's API that the action uses: pages, remembers what it was asked, and fails on demand.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StoredComment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string };
}

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

export interface FakeGitHub {
  readonly url: string;
  readonly calls: Call[];
  readonly comments: StoredComment[];
  /** Answers with this status to calls that match. */
  refuse: { readonly method: string; readonly status: number } | undefined;
  /** Never answers. */
  silent: boolean;
  files: readonly { readonly filename: string; readonly status: string }[];
  close(): Promise<void>;
}

export async function fakeGitHub(): Promise<FakeGitHub> {
  const server = createServer(async (request, response) => {
    const body = await textOf(request);
    const url = new URL(request.url ?? '/', 'http://localhost');
    const method = request.method ?? '';
    fake.calls.push({ method, path: url.pathname, authorization: request.headers.authorization, body });
    const answer = (status: number, value: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    if (fake.silent) return;
    if (fake.refuse?.method === method) {
      if (fake.refuse.status === 302)
        response.writeHead(302, { location: 'http://127.0.0.1:1/elsewhere' }).end();
      else answer(fake.refuse.status, { message: 'no' });
      return;
    }
    const page = Number(url.searchParams.get('page') ?? '1');
    const size = Number(url.searchParams.get('per_page') ?? '30');
    const slice = <T>(list: readonly T[]) => list.slice((page - 1) * size, page * size);
    if (url.pathname === '/user') return answer(403, { message: 'Resource not accessible by integration' });
    if (/\/pulls\/7\/files$/.test(url.pathname)) return answer(200, slice(fake.files));
    if (/\/issues\/7\/comments$/.test(url.pathname)) {
      if (method === 'GET') return answer(200, slice(fake.comments));
      const { body: text } = JSON.parse(body) as { body: string };
      const comment = { id: fake.comments.length + 1, body: text, user: { login: 'github-actions[bot]' } };
      fake.comments.push(comment);
      return answer(201, comment);
    }
    const one = /\/issues\/comments\/(\d+)$/.exec(url.pathname);
    const comment = fake.comments.find((c) => c.id === Number(one?.[1]));
    if (comment === undefined) return answer(404, { message: 'Not Found' });
    comment.body = (JSON.parse(body) as { body: string }).body;
    answer(200, comment);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fake: FakeGitHub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: [],
    comments: [],
    refuse: undefined,
    silent: false,
    files: [],
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return fake;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
