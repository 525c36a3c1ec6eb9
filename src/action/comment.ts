/**
 * One comment on the pull request, kept up to date in place.
 *
 * Ours is the first that bears the marker *and* our login: anyone can write the marker. An equal comment is left alone.
 */
import type { Answer, GitHubApi } from './github-api.ts';

export type CommentOutcome = 'created' | 'updated' | 'unchanged';

export async function keepComment(
  api: GitHubApi,
  pull: number,
  commentId: string,
  review: string,
): Promise<Answer<CommentOutcome>> {
  const marker = `<!-- p0lint-review:${commentId} -->`;
  const body = `${marker}\n${review}`;
  const comments = await api.comments(pull);
  if (!comments.ok) return comments;
  const login = await api.login();
  const own = comments.value.find((comment) => comment.author === login && comment.body.startsWith(marker));
  if (own === undefined) {
    const created = await api.createComment(pull, body);
    return created.ok ? { ok: true, value: 'created' } : created;
  }
  // GitHub stores line ends as it likes.
  if (own.body.replaceAll('\r\n', '\n').trimEnd() === body.trimEnd()) return { ok: true, value: 'unchanged' };
  const updated = await api.updateComment(own.id, body);
  return updated.ok ? { ok: true, value: 'updated' } : updated;
}
