/**
 * The names in force at one point of a walk through a function (language specification, "Declarations and scope").
 *
 *     scopes.open(); scopes.declare('err', v); scopes.lookup('err') // v
 *     scopes.close();                          scopes.lookup('err') // what it was before
 *
 * One table of stacks, not a chain of maps: looking up a name costs the same however deep the blocks are nested.
 */
import type { GoObject } from './objects.ts';

interface Entry {
  readonly object: GoObject;
  readonly depth: number;
  readonly outer: Entry | undefined;
}

export class Scopes {
  private readonly entries = new Map<string, Entry>();
  private readonly declaredNames: string[] = [];
  /** Length of `declaredNames` when each open scope began. */
  private readonly marks: number[] = [];

  open(): void {
    this.marks.push(this.declaredNames.length);
  }

  close(): void {
    const mark = this.marks.pop()!;
    for (let i = this.declaredNames.length - 1; i >= mark; i--) {
      const name = this.declaredNames[i]!;
      const outer = this.entries.get(name)!.outer;
      if (outer === undefined) this.entries.delete(name);
      else this.entries.set(name, outer);
    }
    this.declaredNames.length = mark;
  }

  declare(name: string, object: GoObject): void {
    if (name === '_' || name === '') return;
    this.entries.set(name, { object, depth: this.marks.length, outer: this.entries.get(name) });
    this.declaredNames.push(name);
  }

  lookup(name: string): GoObject | undefined {
    return this.entries.get(name)?.object;
  }

  /** Only what the innermost scope declares itself. */
  lookupHere(name: string): GoObject | undefined {
    const entry = this.entries.get(name);
    return entry !== undefined && entry.depth === this.marks.length ? entry.object : undefined;
  }
}
