import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { RealServer } from '../client/real-server.ts';

/** An example in a terminal of its own. */
class Example {
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcess;
  #output = '';
  #wake: () => void = () => undefined;

  constructor(name: 'reader' | 'writer', url: string, ...parameters: string[]) {
    const file = fileURLToPath(new URL(`../../examples/${name}.js`, import.meta.url));
    this.#child = spawn(process.execPath, [file, ...parameters], { env: { TROUPE_URL: url } });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
        this.#wake();
      });
    }
    this.ended = once(this.#child, 'close').then(([code]) => {
      this.#wake();
      return code as number | null;
    });
  }

  type(text: string): void {
    this.#child.stdin?.end(text);
  }

  interrupt(): void {
    this.#child.kill('SIGINT');
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** What it says that fits. Rejects where it ends without. */
  async says(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(this.#output);
      if (found !== null) return found[1] ?? found[0];
      if (this.#child.exitCode !== null) throw new Error(`ended without ${pattern}: ${this.#output}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

for (const store of ['memory', 'sqlite'] as const) {
  describe(`the examples at a server with the store ${store}`, () => {
    let server: RealServer;
    let running: Example[] = [];
    before(async () => {
      server = await RealServer.start(store);
    });
    afterEach(async () => {
      for (const example of running) example.kill();
      await Promise.all(running.map(({ ended }) => ended));
      running = [];
    });
    after(() => server.stop());

    function start(name: 'reader' | 'writer', ...parameters: string[]): Example {
      const example = new Example(name, server.url, ...parameters);
      running.push(example);
      return example;
    }

    it('show in one terminal what is typed in others, and end when it is saved', async () => {
      const ann = start('writer', '-');
      ann.type('from Ann\n');
      const id = await ann.says(/^document (\S+)/m);
      const reader = start('reader', id);
      const bob = start('writer', '-', id);
      bob.type('from Bob\n');
      for (const writer of [ann, bob]) {
        expect(await writer.ended).to.equal(0);
        await writer.says(/saved/);
      }
      await reader.says(/from Ann/);
      await reader.says(/from Bob/);
      reader.interrupt();
      expect(await reader.ended).to.equal(0);
    }).timeout(120_000);

    it('end where the document is deleted', async () => {
      const writer = start('writer');
      const id = await writer.says(/^document (\S+)/m);
      const reader = start('reader', id);
      await reader.says(/live/);
      await writer.says(/live/);
      await server.api.delete(id);
      expect(await Promise.all([writer.ended, reader.ended])).to.deep.equal([1, 1]);
      await writer.says(/4404/);
    }).timeout(120_000);
  });
}
