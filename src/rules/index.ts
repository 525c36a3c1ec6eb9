/**
 * The rules, in the order of the requirements: the only list of them. Deleting a rule is deleting its folder and its line here.
 */
import type { Rule } from '../rule.ts';
import fileLength from './file-length/index.ts';
import ignoredError from './ignored-error/index.ts';
import paginationBound from './pagination-bound/index.ts';
import validateCredentials from './validate-credentials/index.ts';

export const rules: readonly Rule[] = [validateCredentials, paginationBound, ignoredError, fileLength];
