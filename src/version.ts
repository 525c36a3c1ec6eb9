/** Who we are, as reports say it. One source: package.json. */
import manifest from '../package.json' with { type: 'json' };

export const tool = {
  name: 'p0lint',
  version: manifest.version,
  url: 'https://github.com/p0lint/p0lint',
} as const;
