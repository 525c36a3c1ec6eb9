export interface Platform {
  readonly name: string;
}
