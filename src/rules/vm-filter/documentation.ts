export const documentation = `
Every asset and every risk goes past the filter before it is sent. The filter carries what the customer has excluded: hosts out of scope,
risks they have accepted. What is sent around it reaches their screens all the same.

**What is looked at.** Each call of \`Send\` on a job, by whatever name (a method value, a copy of the job, an interface that holds it), and
each value that goes into it. \`Asset\` and \`Risk\` are guarded, and structs that embed one; pages, files and cloud resources are not; a value
of which only the interface is known may be an asset and is treated as one.

**How it decides.** The integration is followed from its constructors through \`Invoke\`, path by path, into helpers, closures, goroutines,
deferred calls and iterators of the project. On each path it is known which values the filter has accepted: through pointers and copies,
through slices, maps and channels, through booleans, errors and nils that carry the verdict. A send passes if its value is accepted on
*every* path that comes there. A path without a question, a rejection that is only logged, \`rejected && retired\`, a \`break\` that leaves only a
switch: each is one that does not.

**Who is to blame.** Where a helper only sends, the call that hands the unfiltered value over is named, and the send is the related place.

**What it accepts.** \`continue\`, \`return\`, \`goto\`, \`panic\` before the send, the send in the accepting branch, flags, switches, helpers that
return the verdict (as a boolean of either polarity, an error, a nil), a list that only accepted values were put into,
\`slices.DeleteFunc\`, \`FilterAssets\`, a filter of one's own with the filter's methods.

**What it does not see.** What functions without source do with a value, and which implementation an interface with several of them has:
there the finding is \`unproven\`, a warning. That two different conditions exclude each other is not known. Values put into a container by
one key and found again by another are not told apart.

**Not applicable** if nothing guarded is sent, if \`Surface()\` is always \`attacksurface.SCM\`, or if the configuration says so with a reason.
`.trim();
