/**
 * The rules, in the order of the requirements: the only list of them. Deleting a rule is deleting its folder and its line here.
 */
import type { Rule } from '../rule.ts';
import checkAffiliation from './check-affiliation/index.ts';
import errgroupLimit from './errgroup-limit/index.ts';
import fileLength from './file-length/index.ts';
import ignoredError from './ignored-error/index.ts';
import paginationBound from './pagination-bound/index.ts';
import validateCredentials from './validate-credentials/index.ts';
import vmFilter from './vm-filter/index.ts';

export const rules: readonly Rule[] = [
  vmFilter,
  checkAffiliation,
  validateCredentials,
  errgroupLimit,
  paginationBound,
  ignoredError,
  fileLength,
];
