/** The executable: the process's own streams around `main`. */

import type { Io, OutputStream } from './io.ts';
import { main } from './main.ts';

const stream = (out: NodeJS.WriteStream): OutputStream => ({
  write: (text) => void out.write(text),
  isTTY: out.isTTY === true,
  columns: out.isTTY ? out.columns : undefined,
});

// A reader that closes early (`p0lint | head`) is no failure (decision 26).
for (const out of [process.stdout, process.stderr])
  out.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
    throw error;
  });

const io: Io = {
  cwd: process.cwd(),
  env: process.env,
  stdout: stream(process.stdout),
  stderr: stream(process.stderr),
  async readStdin() {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  },
  onInterrupt(stop) {
    process.on('SIGINT', stop);
    return () => void process.off('SIGINT', stop);
  },
};

process.exitCode = await main(process.argv.slice(2), io);
