export const documentation = `
A run with bad credentials should end with that message, and not with the fortieth failed request or, worse, with an empty inventory that
looks like a clean one. So \`ValidateCredentials\` asks the vendor, \`Invoke\` calls it before it asks, sends, or starts anything, and ends
when it fails.

**How it decides.** The run is followed over all its paths, through helpers, closures, method values and deferred calls. At the call of
\`ValidateCredentials\` each path divides: in one case the credentials are good; in the other they are bad, and the error is followed through
variables, fields, wrapping, joining, booleans and results until the run has ended. Whatever also happens with good credentials (a request, a
send, a goroutine) must not happen in the second case, and nothing of that kind may happen before.

**What may stand before it.** Anything that cannot reach a request, a send, a goroutine or a process: declarations, logging, contexts,
spans, locks, \`defer\`, making a client, reading the configuration, and leaving early without having done anything.

**What it accepts as failing fast.** Every way to end: returning the error, wrapped, joined or replaced; \`panic\`, \`log.Fatal\`; logging and
returning nil. Trying again counts, if only a success goes on.

**ValidateCredentials itself** must reach a request on every path on which it says yes, and what it says must depend on the answer.
A flag that says "validated already" counts, if nobody sets it but who has just validated.

**Not applicable** where an integration reaches no request at all, such as the import of a file.

**What it does not see.** A call that cannot be followed (a function value that somebody else sets, a library outside the project) counts only
if it is given a context or a client, and is then reported as unproven. A goroutine counts as started when it is started; what it does is
followed as if it had ended there. Run-time panics are not followed. A loop that counts to an unknown number (attempts) is taken
to turn once; a loop over a list may not turn at all. Of big helpers that do not validate only what they can reach counts.
`.trim();
