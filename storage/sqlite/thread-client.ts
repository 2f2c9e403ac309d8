import { BytePack } from './byte-pack.ts';
import { fromFailure } from './failure.ts';
import type { Answer, AnswerTo, Call, FromThread, Operation, Outcome } from './messages.ts';
import { StoreRefused } from './refusal.ts';
import type { Thread } from './thread.ts';

/** An answer, and the bytes that its ranges point into. */
export interface Reply<A = Answer> {
  readonly answer: A;
  readonly bytes: Uint8Array;
}

interface Waiting {
  readonly build: (pack: BytePack) => Operation;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
}

type State =
  | { readonly name: 'stopped' }
  | { readonly name: 'starting'; readonly thread: Thread; readonly refuse: (error: Error) => void }
  | { readonly name: 'running'; readonly thread: Thread }
  | { readonly name: 'closing'; readonly thread: Thread; readonly done: () => void }
  | { readonly name: 'closed' };

const STOPPED: State = { name: 'stopped' };

const closedError = (): Error => new Error('the store is closed');

/**
 * The store's end of the line to one thread. What is asked within one turn of the event loop travels in one message,
 * there and back. A thread that is lost fails what it has not answered (the outcome is unknown), and the next call
 * starts a new one.
 */
export class ThreadClient<O extends Operation> {
  readonly #start: () => Thread;
  readonly #inFlight = new Map<number, Waiting>();
  #outbox: Waiting[] = [];
  #nextId = 1;
  #flushing = false;
  #state: State = STOPPED;
  #starting: Promise<void> | undefined;
  #closing: Promise<void> | undefined;

  constructor(start: () => Thread) {
    this.#start = start;
  }

  /** @throws StoreRefused where the thread cannot use the database */
  start(): Promise<void> {
    this.#starting ??= new Promise<void>((resolve, reject) => {
      const thread = this.#start();
      this.#state = { name: 'starting', thread, refuse: reject };
      thread.keepAlive(true);
      thread.listen(
        (message) => this.#receive(thread, message, resolve),
        (reason) => this.#end(thread, reason),
      );
    });
    return this.#starting;
  }

  /**
   * @param build makes the operation when its message is put together, and adds its bytes to the message's; what it
   * refers to must not change until then
   */
  call<T extends O>(build: (pack: BytePack) => T): Promise<Reply<AnswerTo<T>>> {
    return new Promise((resolve, reject) => {
      if (this.#closing !== undefined) {
        reject(closedError());
        return;
      }
      this.#outbox.push({ build, resolve: resolve as Waiting['resolve'], reject });
      if (this.#flushing) return;
      this.#flushing = true;
      setImmediate(() => this.#flush());
    });
  }

  /** Lets the thread finish what was asked, then end. What is asked from now on is rejected. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const late = this.#state.name === 'stopped' && this.#outbox.length > 0;
    await (late ? this.start() : this.#starting)?.catch(() => undefined);
    this.#flush();
    if (this.#state.name === 'running') {
      const { thread } = this.#state;
      await new Promise<void>((done) => {
        this.#state = { name: 'closing', thread, done };
        thread.keepAlive(true);
        thread.post({ type: 'close' }, []);
      });
      await thread.terminate();
    }
    this.#state = { name: 'closed' };
    this.#rejectAll(closedError());
  }

  #flush(): void {
    this.#flushing = false;
    if (this.#outbox.length === 0) return;
    if (this.#state.name === 'stopped') {
      this.start().catch(() => undefined); // what waits is rejected where the start fails
      return;
    }
    if (this.#state.name !== 'running') return;
    const { thread } = this.#state;
    const pack = new BytePack();
    const calls: Call[] = [];
    for (const waiting of this.#outbox.splice(0)) {
      const id = this.#nextId++;
      const before = pack.length;
      try {
        const operation = waiting.build(pack);
        calls.push({ id, operation, size: pack.length - before });
        this.#inFlight.set(id, waiting);
      } catch (error) {
        waiting.reject(error instanceof Error ? error : new Error(String(error)));
      }
    }
    if (calls.length === 0) return;
    const bytes = pack.pack();
    thread.keepAlive(true);
    thread.post({ type: 'calls', calls, bytes }, [bytes.buffer]);
  }

  #receive(thread: Thread, message: FromThread, started: () => void): void {
    switch (message.type) {
      case 'ready':
        this.#state = { name: 'running', thread };
        thread.keepAlive(false);
        started();
        this.#flush();
        break;
      case 'outcomes':
        for (const outcome of message.outcomes) this.#settle(outcome, message.bytes);
        if (this.#inFlight.size === 0 && this.#state.name === 'running') thread.keepAlive(false);
        break;
      case 'refused':
        this.#end(thread, new StoreRefused(message.message));
        break;
      case 'lost':
        this.#end(thread, new Error(message.message));
        break;
      case 'closed':
        if (this.#state.name === 'closing') this.#state.done();
        break;
      case 'checked':
        break; // only a checker says this, and nobody calls one
    }
  }

  #settle(outcome: Outcome, bytes: Uint8Array): void {
    const waiting = this.#inFlight.get(outcome.id);
    if (waiting === undefined) return;
    this.#inFlight.delete(outcome.id);
    if ('failure' in outcome) waiting.reject(fromFailure(outcome.failure));
    else waiting.resolve({ answer: outcome.answer, bytes });
  }

  /** The thread is of no more use. It goes before another one comes: its connection may hold a lock. */
  #end(thread: Thread, reason: Error): void {
    const state = this.#state;
    if (state.name === 'stopped' || state.name === 'closed' || state.thread !== thread) return;
    this.#state = STOPPED;
    const gone = thread.terminate();
    this.#starting = gone.then(() => undefined);
    void gone.then(() => {
      if (this.#state === STOPPED) this.#starting = undefined;
      this.#flush();
    });
    this.#rejectInFlight(reason);
    if (state.name === 'starting') {
      state.refuse(reason);
      this.#rejectAll(reason);
    }
    if (state.name === 'closing') state.done();
  }

  #rejectInFlight(reason: Error): void {
    const lost = [...this.#inFlight.values()];
    this.#inFlight.clear();
    for (const { reject } of lost) reject(reason);
  }

  #rejectAll(reason: Error): void {
    this.#rejectInFlight(reason);
    for (const { reject } of this.#outbox.splice(0)) reject(reason);
  }
}
