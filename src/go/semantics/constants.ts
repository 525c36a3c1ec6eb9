/**
 * Values of constant expressions (language specification, "Constant expressions").
 *
 * Integers are exact (`bigint`); floats are doubles, which is enough for every question p0lint asks.
 */
export type ConstantValue =
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number };
