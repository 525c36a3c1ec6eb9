/**
 * The page of rule 6. Its tables are made from the data that the rule runs on, so that every exclusion has its reason beside it.
 */
import { errorMakers } from '../../knowledge/error-wrapping.ts';
import { neverFails } from '../../knowledge/never-fail.ts';
import { writerConstructors, writerTypes } from '../../knowledge/writers.ts';
import { tolerances } from './tolerated.ts';
import { requestVerbs } from './unchecked.ts';

const code = (text: string) => `\`${text}\``;
const list = (names: readonly string[]) => names.map(code).join(', ');

export const documentation = `
An error that nobody looks at turns a failure into a wrong answer: an empty request body, a page that is missing, a run that reports success.
An error whose cause was formatted away cannot be told from any other.

**Which calls return an error** is known, not guessed: from the declarations of the standard library, of the module under check, and of its
dependencies where their source is at hand (\`vendor/\`, the module cache, local \`replace\` targets). An error is any result whose type
implements \`error\`, wherever it stands among the results. Map lookups, type assertions, channel receives and \`range\` give no errors. A
function that is declared once per platform counts as returning an error if any of its declarations does.

**Where a call does not resolve**, because a dependency has no source at hand, it is judged by convention: its name starts with a verb of a
request (${list(requestVerbs)}), and it is a statement, or gives the last of several results to a blank. Such a finding says
"probably" and is never more than a warning; the report lists the modules that were missing.

**Paths, not lines.** An error that is kept in a variable and assigned again before any path reads it is lost; so is one that is still
unread when the function ends. Deferred functions, closures, pointers and named results read too. Fields and package variables are not
followed.

**What counts as a look** inside \`if err != nil\`: any use of the error but the test itself, in the block, in its condition, or before the test
on every path to it. Where a block looks, \`return nil\` is somebody's decision. The error of a context is none to look at: whoever ended
the context knows.

**Logging and going on** is reported for blocks that do nothing but log. \`continue\`, \`break\` in a loop over items, a log with nothing behind
it, and a log behind which the error is read again are all right. A goroutine of an errgroup that logs and returns nil is
reported by \`errgroup-limit\`, and so is the dropped error of \`Wait\`.

**Formats are parsed**: each verb is matched to its argument, with indices, stars and flags. One \`%w\` keeps the chain; \`%%w\` is none; a
second error formatted beside a \`%w\` is a warning; \`%T\` loses nothing. \`err.Error()\`, and text that was made from an error before
(\`msg := fmt.Sprintf("%v", err)\`), is followed into \`fmt.Errorf\` and \`errors.New\`.

**A bare \`return err\`** is a note, for teams that want context everywhere: the error came from another package or through an interface. A
function that is given an error and returns one counts as wrapping, whatever its name; the functions that make errors are listed below.

**Fixes.** Where the function already returns an error and the zero values of its other results are known, p0lint writes the test and the
return. Turning \`%v\` into \`%w\` changes what callers can see, so that fix is unsafe.

## What is not reported

By name, in errcheck's notation (\`pkg.Func\`, \`(*pkg.Type).Method\`, \`(pkg.Interface).Method\`, and with the type of the first argument
\`fmt.Fprintf(*bytes.Buffer)\`); a \`*\` at the end stands for any rest. Your own go into \`excludeFunctions\`, as an errcheck file has them.

| Calls | Why | Also excluded by errcheck |
| --- | --- | --- |
${neverFails.map(({ names, because, source }) => `| ${list(names)} | ${because} | ${source === 'errcheck' ? 'yes' : 'no'} |`).join('\n')}

By how the call is used:

| Calls | Why |
| --- | --- |
${tolerances.map(({ what, because }) => `| ${what} | ${because} |`).join('\n')}

Opened or made for writing are the results of ${list(writerConstructors)}, of \`os.OpenFile\` with flags for writing, of
helpers of the project that return such a value, and values of the types ${list(writerTypes)}. Other calls of \`Flush\` and
\`Close\` are reported.

Errors are made or wrapped by ${list(errorMakers)}.

A body that is read only to be quoted in an error that is returned anyway (\`body, _ := io.ReadAll(resp.Body)\`) is a warning.
`.trim();
