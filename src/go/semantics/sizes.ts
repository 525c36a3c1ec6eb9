/**
 * Sizes of types as the gc compiler lays them out on 64-bit machines (language specification, "Size and alignment guarantees";
 * go/types.SizesFor("gc", "amd64")): what `unsafe.Sizeof` and array lengths made of it need.
 *
 *     struct{ a bool; b int64; c bool }  => 24, aligned to 8
 */
import type { Var } from './objects.ts';
import type { BasicName, Type } from './types.ts';

interface Layout {
  readonly size: bigint;
  readonly align: bigint;
}

const WORD = 8n;
const MAX_DEPTH = 50;

const BASIC: Readonly<Partial<Record<BasicName, bigint>>> = {
  bool: 1n,
  int8: 1n,
  uint8: 1n,
  int16: 2n,
  uint16: 2n,
  int32: 4n,
  uint32: 4n,
  float32: 4n,
  int64: 8n,
  uint64: 8n,
  float64: 8n,
  int: 8n,
  uint: 8n,
  uintptr: 8n,
  'unsafe.Pointer': 8n,
  complex64: 8n,
  complex128: 16n,
  string: 16n,
};

/** Undefined where a part of the type is not known, or depends on a type parameter. */
export function sizeOf(type: Type): bigint | undefined {
  return layout(type, 0)?.size;
}

export function alignmentOf(type: Type): bigint | undefined {
  return layout(type, 0)?.align;
}

/** The offset of a field in the struct that declares it. */
export function offsetOf(fields: readonly Var[], field: Var): bigint | undefined {
  let offset = 0n;
  for (const next of fields) {
    const inner = layout(next.type, 1);
    if (inner === undefined) return undefined;
    offset = roundUp(offset, inner.align);
    if (next === field) return offset;
    offset += inner.size;
  }
  return undefined;
}

function roundUp(offset: bigint, align: bigint): bigint {
  return ((offset + align - 1n) / align) * align;
}

function layout(type: Type, depth: number): Layout | undefined {
  if (depth > MAX_DEPTH) return undefined;
  switch (type.kind) {
    case 'named':
      return layout(type.underlying, depth + 1);
    case 'basic': {
      const size = BASIC[type.name];
      if (size === undefined) return undefined;
      const align = type.name === 'complex64' ? 4n : size > WORD ? WORD : size;
      return { size, align };
    }
    case 'pointer':
    case 'map':
    case 'chan':
    case 'signature':
      return { size: WORD, align: WORD };
    case 'slice':
      return { size: 3n * WORD, align: WORD };
    case 'interface':
      return { size: 2n * WORD, align: WORD };
    case 'array': {
      const elem = layout(type.elem, depth + 1);
      if (elem === undefined || type.length < 0) return undefined;
      return { size: elem.size * BigInt(type.length), align: elem.align };
    }
    case 'struct':
      return structLayout(type.fields, depth);
    default:
      return undefined;
  }
}

function structLayout(fields: readonly Var[], depth: number): Layout | undefined {
  let size = 0n;
  let align = 1n;
  let last = 1n;
  for (const field of fields) {
    const inner = layout(field.type, depth + 1);
    if (inner === undefined) return undefined;
    size = roundUp(size, inner.align) + inner.size;
    if (inner.align > align) align = inner.align;
    last = inner.size;
  }
  // A last field without size is padded, so that its address stays within the struct.
  if (fields.length > 0 && last === 0n && size > 0n) size += 1n;
  return { size: roundUp(size, align), align };
}
