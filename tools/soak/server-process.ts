import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The compiled server, wherever this file was compiled to. */
const SERVER = fileURLToPath(new URL('../../server.js', import.meta.url));

/** A server in a process of its own, which can be killed at any moment and started again at the same address. */
export class ServerProcess {
  readonly #environment: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;
  #port = 0;

  /** @param environment - settings of config.ts; `PORT`, `HOST` and `LOG_LEVEL` are set here */
  constructor(environment: Readonly<Record<string, string>>) {
    this.#environment = environment;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Of the process that runs; `undefined` where none does. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Resolves when it listens. The first time on a free port, then on the same one. @throws Error with what it said */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [SERVER], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ...this.#environment,
        HOST: '127.0.0.1',
        PORT: String(this.#port),
        LOG_LEVEL: 'info',
      },
    });
    this.#child = child;
    let complaint = '';
    child.stderr.on('data', (chunk) => {
      complaint += String(chunk);
    });
    const lines = createInterface({ input: child.stdout });
    await new Promise<void>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${complaint}`)));
      lines.on('line', (line) => {
        const { port } = JSON.parse(line) as { readonly port?: number };
        if (port === undefined) return;
        this.#port = port;
        resolve();
      });
    });
  }

  /** `kill -9`: nothing of what it had in memory survives. Resolves when the process is gone. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** Lets it finish what is under way. */
  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
}
