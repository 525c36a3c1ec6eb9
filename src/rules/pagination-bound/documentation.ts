export const documentation = `
(to be written)
`.trim();
