export interface Integration {
  readonly name: string;
}
