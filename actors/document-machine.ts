import { type ActorRefFrom, type SnapshotFrom, setup } from 'xstate';
import type { ConnectionId } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import { unreachable } from '../protocol/unreachable.ts';
import { type HotTable, withHotPath } from './hot-path.ts';
import type { LiveDocument } from './live-document.ts';
import type { DocumentMessage } from './messages.ts';

export interface DocumentContext {
  readonly document: LiveDocument;
  /** What came while the document was loading or leaving, in order. */
  stash: DocumentMessage[];
  /** What those who come meanwhile point at: the last of each. */
  presence: Map<ConnectionId, DocumentMessage> | undefined;
}

export interface DocumentInput {
  readonly document: LiveDocument;
  readonly stashLimit: number;
  /** The predecessor's append in flight. */
  readonly after: Promise<void> | undefined;
}

interface Context extends DocumentContext {
  readonly input: DocumentInput;
}

/** The lifecycle of a document of any kind. Data messages do not pass through here: see the table below. */
const chart = setup({
  types: {
    context: {} as Context,
    events: {} as DocumentMessage,
    input: {} as DocumentInput,
    tags: {} as 'hot',
  },
  guards: {
    isQuiet: ({ context }) => context.document.isQuiet,
    hasStash: ({ context }) => context.stash.length > 0,
  },
  actions: {
    stash: ({ context, event }) => stash(context, event),
    unstash: ({ context, self }) => {
      const { stash: stashed, presence, document } = context;
      const stays = stashed.filter(isStay);
      // Who comes and goes first, and here: what ends the actor takes along what is behind it in the mailbox, and a
      // socket that is not carried over waits for ever. What is still in the stash is carried over.
      context.stash = stays;
      for (let stay = stays.shift(); stay !== undefined; stay = stays.shift()) {
        if (stay.type === 'join') document.audience.join(stay);
        else document.audience.leave(stay);
      }
      context.presence = undefined;
      for (const message of presence?.values() ?? []) self.send(message);
      for (const message of stashed) if (!isStay(message)) self.send(message);
    },
    // Not invoked: a promise actor for each load and leave costs more than everything else in a document's start.
    load: ({ context, self }) => {
      const { document, after } = context.input;
      document
        .load(after, (message) => self.send(message))
        .then(
          () => self.send({ type: 'loaded' }),
          (error: unknown) => self.send({ type: 'loadFailed', error }),
        );
    },
    leaveMemory: ({ context, self }) => {
      context.document.leaveMemory().then(() => self.send({ type: 'left' }));
    },
    begin: ({ context }) => context.document.begin(),
    // Only the log knows what became of the append: end here, so that the next incarnation reads it.
    fail: ({ event }) => {
      throw event.type === 'appendFailed' || event.type === 'loadFailed' ? event.error : event;
    },
  },
}).createMachine({
  id: 'document',
  context: ({ input }) => ({ input, document: input.document, stash: [], presence: undefined }),
  initial: 'loading',
  states: {
    loading: {
      entry: 'load',
      on: {
        loaded: { target: 'active', actions: 'begin' },
        loadFailed: { actions: 'fail' },
        '*': { actions: 'stash' },
      },
    },
    active: {
      tags: 'hot',
      entry: 'unstash',
      on: {
        passivate: { guard: 'isQuiet', target: 'passivating' },
        appendFailed: { actions: 'fail' },
      },
    },
    passivating: {
      entry: 'leaveMemory',
      on: {
        left: [{ guard: 'hasStash', target: 'active' }, { target: 'stopped' }],
        '*': { actions: 'stash' },
      },
    },
    stopped: { type: 'final' },
  },
});

/** What is done with data while the document is active. */
const table: HotTable<typeof chart> = {
  execute: ({ document }, message) => void document.execute(message),
  query: ({ document }, message) => void document.query(message),
  head: ({ document }, message) => void document.head(message),
  recall: ({ document }, message) => void document.recall(message),
  status: ({ document }, message) => void document.status(message),
  snapshot: ({ document }, message) => void document.snapshot(message),
  hold: ({ document }, message) => void document.hold(message),
  letGo: ({ document }, message) => void document.letGo(message),
  committed: ({ document }) => void document.onCommitted(),
  join: ({ document }, message) => void document.audience.join(message),
  leave: ({ document }, message) => void document.audience.leave(message),
  presence: ({ document }, message) => void document.audience.presence(message),
  transient: ({ document }, message) => void document.audience.transient(message),
  caughtUp: ({ document }, message) => void document.audience.caughtUp(message),
  sweep: ({ document }, message) => document.sweep(message),
};

/** The messages of the table, for those who show the chart. */
export const HOT_MESSAGES: readonly string[] = Object.keys(table);

/** The document actor: the chart for its lifecycle, a table for its data. */
export const documentLogic = withHotPath(chart, 'hot', table, ({ document }) => document.tap);

export type DocumentActor = ActorRefFrom<typeof documentLogic>;
export type DocumentActorSnapshot = SnapshotFrom<typeof documentLogic>;

type Stay = Extract<DocumentMessage, { type: 'join' | 'leave' }>;

const isStay = (message: DocumentMessage): message is Stay =>
  message.type === 'join' || message.type === 'leave';

/** Keeps a message for later, or refuses it where too many wait. Never drops an ask or a join in silence. */
function stash(context: Context, message: DocumentMessage): void {
  switch (message.type) {
    case 'execute':
    case 'query':
    case 'head':
    case 'recall':
    case 'status':
    case 'snapshot':
      if (context.stash.length < context.input.stashLimit) context.stash.push(message);
      else message.reply.reject(busy());
      return;
    case 'join':
      if (context.stash.length < context.input.stashLimit) context.stash.push(message);
      else message.subscriber.close(1013, 'document is busy');
      return;
    case 'hold':
      if (context.stash.length < context.input.stashLimit || message.reply === undefined)
        context.stash.push(message);
      else message.reply.reject(busy());
      return;
    case 'letGo':
    case 'leave':
      // Must not get lost, or a closed socket stays a subscriber; bounded by the number of joins, and of holds.
      context.stash.push(message);
      return;
    case 'presence':
      if (message.data === undefined) return;
      context.presence ??= new Map();
      if (context.presence.size < context.input.stashLimit || context.presence.has(message.connectionId)) {
        context.presence.set(message.connectionId, message);
      }
      return;
    case 'loaded':
    case 'loadFailed':
    case 'left':
    case 'committed':
    case 'appendFailed':
    case 'caughtUp':
    case 'transient':
    case 'sweep':
    case 'passivate':
      return; // about a moment that has passed
    default:
      // '*' also matches the machine's own `xstate.*` events.
      if (!(message as { type: string }).type.startsWith('xstate.')) unreachable(message);
  }
}

const busy = (): Problem => new Problem('overloaded', 'Too many requests wait for this document.');
