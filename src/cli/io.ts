/**
 * The world as the command line sees it, so that tests can give another one.
 */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** All of standard input. */
  readStdin(): Promise<Uint8Array>;
  /** Calls `stop` instead of ending the process when the user interrupts (Ctrl-C), until what it returns is called. */
  onInterrupt(stop: () => void): () => void;
}

export interface OutputStream {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Width in columns, where it is a terminal. */
  readonly columns: number | undefined;
}
