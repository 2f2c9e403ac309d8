import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { LogLine } from './server.ts';

const SERVER = fileURLToPath(new URL('../../server.js', import.meta.url));

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The compiled server as a process of its own, as an operator runs it. */
export class ServerProcess {
  readonly lines: LogLine[] = [];
  readonly exited: Promise<Exit>;
  stderr = '';
  readonly #child: ChildProcess;
  #unparsed = '';
  #hasEnded = false;
  #wake: () => void = () => undefined;

  constructor(env: Readonly<Record<string, string>>) {
    const options = [...process.execArgv.filter((option) => option.startsWith('--conditions')), SERVER];
    this.#child = spawn(process.execPath, options, {
      env: {
        PATH: process.env['PATH'],
        HOST: '127.0.0.1',
        DATABASE_URL: 'memory://',
        RENDER_THREADS: '1',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => this.#read(text));
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    // `close`: the streams are read to their end too.
    this.exited = once(this.#child, 'close').then(([code, signal]: unknown[]) => {
      this.#hasEnded = true;
      this.#wake();
      return { code: code as number | null, signal: signal as NodeJS.Signals | null };
    });
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** The first line of the log that begins with `msg`. Rejects where the process ends before. */
  async log(msg: string): Promise<LogLine> {
    for (;;) {
      const line = this.lines.find((candidate) => candidate.msg.startsWith(msg));
      if (line !== undefined) return line;
      if (this.#hasEnded) throw new Error(`ended without "${msg}": ${this.stderr}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #read(text: string): void {
    const lines = (this.#unparsed + text).split('\n');
    this.#unparsed = lines.pop() ?? '';
    for (const line of lines) this.lines.push(JSON.parse(line) as LogLine);
    this.#wake();
  }
}
