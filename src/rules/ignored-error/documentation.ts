export const documentation = `
An error that nobody looks at turns a failure into a wrong answer.
`.trim();
