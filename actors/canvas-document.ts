import type { CanvasEvent } from '../documents/canvas/canvas-events.ts';
import type {
  CanvasCommand,
  CanvasCommands,
  CanvasQueries,
  CanvasQuery,
} from '../protocol/canvas-messages.ts';
import type { DocumentId, OperationId, Seq, UserId } from '../protocol/ids.ts';
import type { Caller } from './caller.ts';
import type { DocumentRef } from './document-ref.ts';

type CommandOf<Type> = Extract<CanvasCommand, { type: Type }>;
type QueryOf<Type> = Extract<CanvasQuery, { type: Type }>;

/** An event of a canvas's log. */
export interface LoggedCanvasEvent {
  readonly seq: Seq;
  /** ms since 1970. */
  readonly at: number;
  readonly by: UserId;
  readonly event: CanvasEvent;
}

/** What the services need of a canvas's reference. */
export type CanvasRef = Pick<
  DocumentRef,
  'id' | 'execute' | 'query' | 'queryAt' | 'head' | 'hasDone' | 'log' | 'seqAt'
>;

/** A canvas as the services see it: the messages of its kind, each with the type of its answer. */
export class CanvasDocument {
  readonly #ref: CanvasRef;

  constructor(ref: CanvasRef) {
    this.#ref = ref;
  }

  get id(): DocumentId {
    return this.#ref.id;
  }

  /** `seq` is that of the event; of the last one where the command made none. */
  async execute<Type extends keyof CanvasCommands>(
    command: CommandOf<Type> & { readonly type: Type },
    caller: Caller,
  ): Promise<{ readonly seq: Seq; readonly answer: CanvasCommands[Type]['answer'] }> {
    const { seq, answer } = await this.#ref.execute(command, caller);
    return { seq, answer: answer as CanvasCommands[Type]['answer'] };
  }

  async query<Type extends keyof CanvasQueries>(
    query: QueryOf<Type> & { readonly type: Type },
  ): Promise<CanvasQueries[Type]['answer']> {
    return (await this.#ref.query(query)) as CanvasQueries[Type]['answer'];
  }

  /** The answer as it would have been after event `seq`. @throws Problem `state_gone` */
  async queryAt<Type extends keyof CanvasQueries>(
    seq: Seq,
    query: QueryOf<Type> & { readonly type: Type },
  ): Promise<CanvasQueries[Type]['answer']> {
    return (await this.#ref.queryAt(seq, query)) as CanvasQueries[Type]['answer'];
  }

  head(): Promise<Seq> {
    return this.#ref.head();
  }

  hasDone(operationId: OperationId): Promise<boolean> {
    return this.#ref.hasDone(operationId);
  }

  /** The last event at or before a time, in ms since 1970; 0 where there is none. */
  seqAt(at: number): Promise<Seq> {
    return this.#ref.seqAt(at);
  }

  /** Events with `afterSeq < seq <= upTo`, as far as they are kept, in order, a chunk at a time. */
  log(afterSeq: Seq, upTo?: Seq): AsyncIterable<readonly LoggedCanvasEvent[]> {
    return this.#ref.log(afterSeq, upTo) as AsyncIterable<readonly LoggedCanvasEvent[]>;
  }
}
