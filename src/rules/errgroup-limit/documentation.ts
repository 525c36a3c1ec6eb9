export const documentation = `
Goroutines are cheap; the API at the other end is not. Every errgroup has a limit, somebody waits for it and reads the error, and no
goroutine works on a variable that the loop has meanwhile changed.

**What is a group.** The type \`Group\` of \`golang.org/x/sync/errgroup\`, by import path; drop-in forks can be listed as
\`groupPackages\`. A group is followed from where it is made: through variables, pointers, fields (by type and field), closures, method
values, parameters and results of functions of the same module.

**How it decides.** Along the control-flow graph: a limit counts if every path to the first Go passes a SetLimit. Wait starts a new round;
the limit outlives it. A group in a field is limited if one function of the type's package limits it on all its paths. A group with two
Go calls and no loop needs a limit as well. Only constant limits are judged by value.

**Loop variables.** Since Go 1.22 each iteration has its own, if the loop declares it; the \`go\` line of the nearest go.mod decides, or a
\`//go:build go1.N\` line of the file. \`loopCapture: always\` demands the copy regardless.

**What is not reported.** A group parameter or field that nobody in sight fills; a group that code without source was given, for that may
have limited it; a dropped Wait where every function given to the group provably returns nil only, or where a later Wait reads the error;
a goroutine that collects, sends or stores its error; a fixed number of workers, a semaphore, an accept loop, a turn that waits for its
goroutine.

**What it does not see.** Groups behind interfaces that a struct embeds, and paths that exclude each other.
`.trim();
