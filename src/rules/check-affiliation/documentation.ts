export const documentation = `
Affiliation is the question whether an asset belongs to the customer. The requirement is that somebody is asked, that the question is about
the asset, and that the verdict is what the answer says.

**What passes**, and is named in the evidence:

- **Pattern A**: a request is made and the verdict depends on its answer, by data (\`return d.Managed, nil\`) or by branch
  (\`if isNotFound(err) { return false, nil } … return true, nil\`).
- **Pattern B**: delegation to \`CheckAffiliationSimple\`, which runs the enumeration again and looks for the asset.
- **Pattern C**: the verdict depends on the job's seeds.

**How it decides.** The method is run over its control-flow graph with all that it calls in the project in place. Every value knows what it
was made of (answers, errors, seeds, the asset) and which branches decided that it is this value. Paths are kept apart by how each question
went: answered, not there (404, 410, "not found"), failed. The verdict depends on a question if its values do, unless it is the same constant
on all paths that ask. A path on which the last question has failed must not return true.

**What it does not see.** What functions outside the project do is taken from their declarations: results are made of arguments. A library
function that is given the asset and decides alone is \`unproven\`, as is a function value or an interface with several targets. A response
whose status nobody reads is believed. Goroutines are taken for finished.

**Not applicable** where the integration reaches nobody who could be asked.
`.trim();
