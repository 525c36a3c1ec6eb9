/**
 * The words by which code speaks of paging (go-api-code.md, C1). They break ties and name things; they never make a loop pagination
 * alone.
 */

/** What an answer says of the page after it: `NextToken`, `HasMore`, `IsTruncated`, `LastPage`, `PageInfo.EndCursor` … */
const SIGNAL =
  /next|cursor|marker|continu|truncated|(?:has|is).?more|^more|additional|last.?page|^(?:is.?)?last$|last.?eval|exclusive.?start|skip.?token|page.?token|total|page.?(?:count|info)|num.?pages|^pages?$|^after$|^offset$|^links?$/i;

/** Where a request begins: `page`, `offset`, `start` … */
const POSITION =
  /page|offset|skip|cursor|start|from|begin|position|number|marker|token|next|after|row|index$/i;

/** Where a watch begins: what has happened since. */
const TAIL =
  /since|last.?index|wait.?index|resource.?version|position|checkpoint|sequence|revision|timestamp|last.?(?:seen|event|id)|etag|watermark|latest/i;

/** A bound on pages, as people name it. */
const CAP =
  /^(?:max|maximum|limit|cap)_?(?:num(?:ber)?_?(?:of)?_?)?(?:pages?|requests?|calls?|iterations?|loops?|rounds?|turns?)$|^(?:page|request|iteration|loop)s?_?(?:limit|cap|max|maximum)$/i;

/** A bound on anything. */
const BOUND = /max|limit|cap$|most|ceiling|upper/i;
const OTHER_BOUND =
  /size|length|len$|per.?page|retr|attempt|width|depth|concurr|parallel|worker|bytes|batch/i;

export function isSignalName(name: string): boolean {
  return SIGNAL.test(name);
}
export function isPositionName(name: string): boolean {
  return POSITION.test(name);
}
export function isTailName(name: string): boolean {
  return TAIL.test(name);
}
export function isCapName(name: string): boolean {
  return CAP.test(name);
}
export function isBoundName(name: string): boolean {
  return (BOUND.test(name) || CAP.test(name)) && !OTHER_BOUND.test(name);
}

/** Methods that ask a paginator whether there is more, and those that fetch it. */
export const HAS_MORE =
  /^(?:HasMorePages|HasNextPage|HasNextPages|HasNext|HasMore|HasMoreResults|More|MoreResults|NotDone)$/;
export const NEXT_PAGE =
  /^(?:NextPage|GetNextPage|NextPageWithContext|NextWithContext|Next|GetNext|Fetch|FetchNext|Advance)$/;
