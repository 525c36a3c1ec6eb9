/**
 * An integration: a type that plugs one third-party API into the platform, with the methods that the requirements speak of.
 */
import type { GoFunction, GoPackage } from '../go/package.ts';
import type { TypeName } from '../go/semantics/objects.ts';
import type { Location, Note } from '../model/location.ts';

export interface Integration {
  /** The type's name, e.g. `Wiz`. */
  readonly name: string;
  /** Package folder + `.` + type name: unique in a run (decision 5). */
  readonly key: string;
  readonly pkg: GoPackage;
  readonly type: TypeName;
  /** The type's name in its declaration. */
  readonly at: Location;
  /** Why it was taken for one. */
  readonly reasons: readonly Note[];
  /** The files that belong to it alone (decision 6), sorted. */
  readonly files: readonly string[];
  /**
   * The method of this name that a value of the type has: declared, or promoted from an embedded type of the project. Not those
   * promoted from the platform's BaseCapability.
   */
  method(name: string): GoFunction | undefined;
  /** Its methods (promoted ones of the project included) and its constructors: where its code begins. */
  readonly entries: readonly GoFunction[];
}
