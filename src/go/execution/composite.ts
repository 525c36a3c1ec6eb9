/**
 * Composite literals: an object whose fields are known, or a list of what stands in it.
 *
 *     []step{{"validate", t.ValidateCredentials}, {"devices", t.devices}}      a list of two objects
 */
import type { Type } from '../semantics/types.ts';
import { type CompositeLit, type Expr, unparen } from '../syntax/ast.ts';
import { andThen, evaluate, one, type Results } from './evaluate.ts';
import type { Execution, Frame } from './execution.ts';
import { numberOf, type ObjectValue, UNKNOWN } from './value.ts';
import { type World, write } from './world.ts';

export function composite<S>(
  x: Execution<S>,
  frame: Frame,
  e: CompositeLit,
  type: Type,
  world: World<S>,
): Results<S> {
  const under = type.kind === 'pointer' ? type.elem : type;
  const shape = under.kind === 'named' ? under.underlying : under;
  const name = `l${numberOf(e)}@${frame.depth}`;
  const values = e.elements.map((element) => (element.kind === 'KeyValueExpr' ? element.value : element));
  const all = values.reduce<Results<S>>(
    (results, value) =>
      results.flatMap((before) =>
        andThen(elementValue(x, frame, value, shape, before.world), (w, v) => [
          { world: w, values: [...before.values, v] },
        ]),
      ),
    [{ world, values: [] }],
  );
  return all.flatMap(({ world: w, values: held }) => {
    if (shape.kind === 'slice' || shape.kind === 'array') return one(w, { kind: 'list', elements: held });
    if (shape.kind === 'map') return one(w, { kind: 'choice', of: held });
    const object: ObjectValue = {
      kind: 'object',
      name,
      type: under.kind === 'named' ? under.object : undefined,
      zero: shape.kind === 'struct',
    };
    const fields = shape.kind === 'struct' ? shape.fields : [];
    let filled = w;
    e.elements.forEach((element, i) => {
      const key = element.kind === 'KeyValueExpr' ? unparen(element.key) : undefined;
      const field = key?.kind === 'Ident' ? key.name : fields[i]?.name;
      if (field !== undefined) filled = write(filled, `${name}.${field}`, held[i]!);
    });
    return one(filled, object);
  });
}

/** An element may leave out its type: `[]step{{"validate", t.ValidateCredentials}}`. */
function elementValue<S>(
  x: Execution<S>,
  frame: Frame,
  value: Expr,
  shape: Type,
  world: World<S>,
): Results<S> {
  if (value.kind !== 'CompositeLit' || value.type !== undefined) return evaluate(x, frame, value, world);
  const type =
    shape.kind === 'slice' || shape.kind === 'array'
      ? shape.elem
      : shape.kind === 'map'
        ? shape.value
        : undefined;
  return type === undefined ? one(world, UNKNOWN) : composite(x, frame, value, type, world);
}
