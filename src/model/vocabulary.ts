/**
 * The vocabulary of a platform: which packages, types and calls mean what (platform.md). Plain data from the configuration.
 *
 * Packages of the platform are matched by the end of their import path: `pkg/model` is `example.com/chariot/pkg/model` and any other
 * path that ends in `/pkg/model`. A member is written `pkg/model.Asset`, a method `pkg/model.Job.Send`; `*` stands for any run of
 * characters in a name, and for any run of path elements at the end of a package (`github.com/aws/aws-sdk-go-v2/*`).
 */

/** `pkg/filter.New*Filter`, `golang.org/x/sync/errgroup.WithContext`: a package-level name. */
export type MemberPattern = string;

export interface FilterMethod {
  readonly name: string;
  /** What a true result says of the value; `list`: the method returns the accepted elements of the slice it is given. */
  readonly trueMeans: 'reject' | 'accept' | 'list';
}

export interface Vocabulary {
  /** Embedding one of these makes a struct a candidate. */
  readonly baseTypes: readonly MemberPattern[];
  readonly registrars: readonly MemberPattern[];
  readonly jobTypes: readonly MemberPattern[];
  /** Methods of a job that emit. */
  readonly sendMethods: readonly string[];
  /** The field of a job that holds the seeds. */
  readonly seedFields: readonly string[];
  /** Models that must be filtered before they are sent. */
  readonly guardedModels: readonly MemberPattern[];
  /** The packages all of whose other types need no filter. */
  readonly modelPackages: readonly string[];
  /** Of these packages the interfaces that any model satisfies: behind one of them may be a guarded model. */
  readonly modelInterfaces: readonly MemberPattern[];

  readonly filterConstructors: readonly MemberPattern[];
  readonly filterTypes: readonly MemberPattern[];
  readonly filterMethods: readonly FilterMethod[];

  readonly entryMethod: string;
  readonly credentialsMethod: string;
  readonly affiliationMethod: string;
  /** Delegating to one of these asks (pattern B). */
  readonly affiliationDelegates: readonly string[];
  /** A method that returns false constantly says: this is no integration. */
  readonly enabledMethod: string;
  readonly surfaceMethod: string;
  /** Surfaces whose integrations need no filter. */
  readonly unfilteredSurfaces: readonly MemberPattern[];

  /** Calls that leave the process, beyond what is inferred: functions and methods. */
  readonly sinkCalls: readonly string[];
  /** Packages whose clients are SDKs even where nothing can be inferred. */
  readonly sdkPackages: readonly string[];
  /** Packages whose calls are logging: an error that is given to them was looked at. */
  readonly logPackages: readonly string[];
  /** Packages whose calls never leave the process: loggers, uuid, yaml, the platform itself. */
  readonly localPackages: readonly string[];
  /** Words that name a client where its type does not resolve. */
  readonly clientWords: readonly string[];

  /** Import paths that are errgroup or a drop-in fork of it. */
  readonly groupPackages: readonly string[];
}
