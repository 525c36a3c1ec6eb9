/**
 * The public API: check a tree of Go source and get a Report.
 *
 *     import { check, loadParser, rules, chariot, defaultSettings, diskTree } from 'p0lint';
 *     await loadParser();
 *     const report = check({ tree: diskTree('.'), paths: [''], rules, settings: defaultSettings(rules), vocabulary: chariot, … });
 */
export { chariot } from './config/chariot.ts';
export { defaultSettings } from './config/settings.ts';
export { loadParser } from './go/syntax/parser.ts';
export type { Report } from './model/report.ts';
export { diskTree, memoryTree, overlayTree, type SourceTree } from './project/tree.ts';
export { reporters } from './report/index.ts';
export { rules } from './rules/index.ts';
export { check, type Request } from './run.ts';
