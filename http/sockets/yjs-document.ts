import type { Caller } from '../../actors/caller.ts';
import type { Subscriber } from '../../actors/door.ts';
import type { Executed } from '../../actors/messages.ts';
import type { TextSync, YjsDifference } from '../../actors/text-sync.ts';
import type { TypedMessage } from '../../actors/typed-message.ts';
import type { AnnotationFact, CrdtState, MergeReport } from '../../protocol/annotation-messages.ts';
import type { ConnectionId, DocumentId, Seq } from '../../protocol/ids.ts';
import type { TextFact } from '../../protocol/text-messages.ts';
import { MAX_VECTOR_BYTES } from './yjs-limits.ts';

export type YjsKind = 'annotation' | 'text';

/** What the door needs of a document: `DocumentRef` of the runtime. */
export interface YjsDocumentPort {
  readonly id: DocumentId;
  execute(command: TypedMessage, caller: Caller): Promise<Executed>;
  query(query: TypedMessage): Promise<unknown>;
  join(subscriber: Subscriber): void;
  leave(connectionId: ConnectionId): void;
  setPresence(connectionId: ConnectionId, data: Readonly<Record<string, unknown>>): void;
  touchPresence(connectionId: ConnectionId): void;
}

/** An update that is durable. */
export interface YjsMerged {
  readonly seq: Seq;
  readonly quarantined: MergeReport['quarantined'];
}

/** The Yjs side of a document, whatever its kind. */
export interface YjsReplica {
  /** What the document and a client lack of each other. @throws Problem */
  difference(stateVector: Uint8Array): Promise<YjsDifference>;
  /** @throws Problem */
  stateVector(): Promise<Uint8Array>;
  /**
   * @param isAnswer a client was asked for all that the document lacks: usually that is nothing
   * @returns undefined where it said nothing that the document did not have
   * @throws Problem
   */
  merge(update: Uint8Array, isAnswer: boolean, caller: Caller): Promise<YjsMerged | undefined>;
}

const NOTHING: Uint8Array = Uint8Array.of(0);

export class AnnotationReplica implements YjsReplica {
  readonly #document: Pick<YjsDocumentPort, 'execute' | 'query'>;

  constructor(document: Pick<YjsDocumentPort, 'execute' | 'query'>) {
    this.#document = document;
  }

  async difference(stateVector: Uint8Array): Promise<YjsDifference> {
    // Whoever has nothing yet gets the same bytes as all others.
    const query = isNothing(stateVector) ? { type: 'crdt.state' } : { type: 'crdt.difference', stateVector };
    const state = (await this.#document.query(query)) as CrdtState;
    return { updates: [state.update], stateVector: state.stateVector };
  }

  async stateVector(): Promise<Uint8Array> {
    const { stateVector } = (await this.#document.query({ type: 'crdt.vector' })) as CrdtState;
    return stateVector;
  }

  async merge(update: Uint8Array, _isAnswer: boolean, caller: Caller): Promise<YjsMerged> {
    const command = { type: 'annotations.merge', update };
    const { seq, answer } = await this.#document.execute(command, caller);
    return { seq, quarantined: (answer as MergeReport).quarantined };
  }
}

export class TextReplica implements YjsReplica {
  readonly #document: Pick<YjsDocumentPort, 'id' | 'execute' | 'query'>;
  readonly #sync: Pick<TextSync, 'difference' | 'stateVector' | 'isKnown'>;

  constructor(
    document: Pick<YjsDocumentPort, 'id' | 'execute' | 'query'>,
    sync: Pick<TextSync, 'difference' | 'stateVector' | 'isKnown'>,
  ) {
    this.#document = document;
    this.#sync = sync;
  }

  difference(stateVector: Uint8Array): Promise<YjsDifference> {
    return this.#sync.difference(this.#document, isNothing(stateVector) ? NOTHING : stateVector);
  }

  stateVector(): Promise<Uint8Array> {
    return this.#sync.stateVector(this.#document);
  }

  async merge(update: Uint8Array, isAnswer: boolean, caller: Caller): Promise<YjsMerged | undefined> {
    // A text document keeps every update that it gets.
    if (isAnswer && (await this.#sync.isKnown(this.#document, update))) return undefined;
    // A view of a chunk of the socket would keep all of the chunk in memory.
    const command = { type: 'update', actorId: caller.by, delta: update.slice() };
    const { seq } = await this.#document.execute(command, caller);
    return { seq, quarantined: [] };
  }
}

/** The update that a fact brings, if it brings one. */
export const UPDATE_OF: Readonly<Record<YjsKind, (fact: unknown) => Uint8Array | undefined>> = {
  annotation(fact) {
    const own = fact as AnnotationFact;
    return 'update' in own ? own.update : undefined;
  },
  text(fact) {
    const own = fact as TextFact;
    return own.type === 'update' ? own.delta : undefined;
  },
};

/** A vector without entries; one that is too long to be read counts as one. */
const isNothing = (stateVector: Uint8Array): boolean =>
  stateVector[0] === 0 || stateVector.length > MAX_VECTOR_BYTES;
