/** Who we are, as reports say it. One source: package.json. */
import manifest from '../package.json' with { type: 'json' };

export const tool = {
  name: 'p0lint',
  version: manifest.version,
  url: manifest.homepage,
} as const;
