/**
 * What an expression may be, seen from one tracked object.
 *
 *     g := new(errgroup.Group)      // g: the object
 *     submit := g.Go                // submit: a method of the object
 *     task := func() { g.Wait() }   // task: a function that can reach the object
 *     groups := []*Group{g}         // groups: the object, for a container is taken for what it holds
 *
 * A pointer and what it points to are one. Everything that is not listed here is nothing to the object.
 */
import type { GoFunction } from '../package.ts';
import type { Var } from '../semantics/objects.ts';

/** A function together with the variables that it closes over. */
export interface FunctionValue {
  readonly fn: GoFunction;
  /** For literals that can reach the object: the frame of the function that it stands in. */
  readonly outer: Frame | undefined;
}

export interface Value {
  readonly object: boolean;
  /** Names of methods of the object, taken as values. */
  readonly methods: readonly string[];
  readonly functions: readonly FunctionValue[];
}

/** One way in which a function is called: what its parameters are to the object. Equal ways are one frame. */
export interface Frame {
  readonly id: number;
  readonly fn: GoFunction;
  readonly env: ReadonlyMap<Var, Value>;
  readonly outer: Frame | undefined;
}

export const NOTHING: Value = { object: false, methods: [], functions: [] };
export const OBJECT: Value = { object: true, methods: [], functions: [] };

export function isNothing(value: Value): boolean {
  return !value.object && value.methods.length === 0 && value.functions.length === 0;
}

/** Can anything be done to the object with it? A function that is not known to reach the object is only a function. */
export function isRelevant({ object, methods, functions }: Value): boolean {
  return object || methods.length > 0 || functions.some((f) => f.outer !== undefined);
}

export function join(a: Value, b: Value): Value {
  if (a === b || isNothing(b)) return a;
  if (isNothing(a)) return b;
  const methods = b.methods.filter((name) => !a.methods.includes(name));
  const functions = b.functions.filter((f) => !a.functions.some((g) => sameFunction(f, g)));
  if ((a.object || !b.object) && methods.length === 0 && functions.length === 0) return a;
  return {
    object: a.object || b.object,
    methods: [...a.methods, ...methods],
    functions: [...a.functions, ...functions],
  };
}

function sameFunction(a: FunctionValue, b: FunctionValue): boolean {
  return a.fn.node === b.fn.node && a.outer === b.outer;
}
