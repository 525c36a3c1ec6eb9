/**
 * Library functions that hand on the elements they are given: all of them, or those that a predicate picks out.
 *
 *     slices.DeleteFunc(list, f)     what f does not hold for (pkg.go.dev/slices)
 *     maps.Values(m)                 all values, as an iterator (pkg.go.dev/maps)
 *     lo.Filter(list, f)             what f holds for (pkg.go.dev/github.com/samber/lo)
 *
 * Functions that make something new of each element (`lo.Map`) are not here.
 */
export type CollectionFunction =
  /** The result holds what the arguments hold: a slice, map or iterator of it, or one element. */
  | { readonly kind: 'holds' }
  /** The result, and `inPlace` the argument, holds the elements of `list` for which the predicate is false (`deletes`) or true. */
  | {
      readonly kind: 'sieve';
      readonly list: number;
      readonly predicate: number;
      /** Which parameter of the predicate is the element. */
      readonly parameter: number;
      readonly deletes: boolean;
      readonly inPlace: boolean;
    }
  /** The result is never nil. */
  | { readonly kind: 'not-nil' }
  /** True if both arguments are the same, false if the first is nil. */
  | { readonly kind: 'is' };

const HOLDS: CollectionFunction = { kind: 'holds' };
const NOT_NIL: CollectionFunction = { kind: 'not-nil' };
const sieve = (deletes: boolean, parameter = 0, inPlace = false): CollectionFunction => {
  return { kind: 'sieve', list: 0, predicate: 1, parameter, deletes, inPlace };
};

const functions: ReadonlyMap<string, CollectionFunction> = new Map<string, CollectionFunction>([
  ...members(
    'slices golang.org/x/exp/slices',
    'All AppendSeq Backward Chunk Clip Clone Collect Compact CompactFunc Concat Delete Grow Insert Max MaxFunc Min MinFunc Repeat Replace Sorted SortedFunc SortedStableFunc Values',
    HOLDS,
  ),
  ...members('maps golang.org/x/exp/maps', 'All Clone Collect Values', HOLDS),
  ...members(
    'github.com/samber/lo',
    'Chunk Flatten Shuffle Reverse Slice Subset Uniq UniqBy Values Without Compact Concat',
    HOLDS,
  ),
  ...members('slices golang.org/x/exp/slices', 'DeleteFunc', sieve(true)),
  ...members('maps golang.org/x/exp/maps', 'DeleteFunc', sieve(true, 1, true)),
  ...members('github.com/samber/lo', 'Filter', sieve(false)),
  ...members('github.com/samber/lo', 'Reject', sieve(true)),
  ...members('github.com/samber/lo', 'PickBy', sieve(false, 1)),
  ...members('github.com/samber/lo', 'OmitBy', sieve(true, 1)),
  ...members('errors github.com/pkg/errors', 'Is', { kind: 'is' }),
  ...members('errors github.com/pkg/errors', 'New', NOT_NIL),
  ...members('fmt github.com/pkg/errors', 'Errorf', NOT_NIL),
]);

function members(packages: string, names: string, is: CollectionFunction): [string, CollectionFunction][] {
  return packages
    .split(' ')
    .flatMap((path) => names.split(' ').map((name): [string, CollectionFunction] => [`${path}.${name}`, is]));
}

/** What is known of a package's function; undefined for methods and for all others. */
export function collectionFunction(
  importPath: string,
  receiver: string | undefined,
  name: string,
): CollectionFunction | undefined {
  return receiver === undefined ? functions.get(`${importPath}.${name}`) : undefined;
}
