import * as Y from 'yjs';
import { TextYjsProvider } from '../../client/text-yjs-provider.ts';
import type { Random } from './random.ts';
import { RecordedSockets } from './recording-web-socket.ts';
import type { SoakDocument } from './soak-document.ts';

const WORDS =
  'the actor keeps its log and answers when the disk has it; nobody waits for a slow reader'.split(' ');
/** From here on as much is deleted as is typed, so that a long run stays fast. */
const LONG = 2_000;
/** Between two edits, in milliseconds. */
const MAX_PAUSE_MS = 30;
/** One edit in so many is followed by a cut of the network. */
const EDITS_PER_CUT = 60;

/** A person at a keyboard who never tires, on a network that fails now and then. */
export class SoakEditor {
  readonly provider: TextYjsProvider;
  readonly #random: Random;
  readonly #sockets: RecordedSockets;
  readonly #text: Y.Text;
  #timer: NodeJS.Timeout | undefined;

  constructor(url: string, document: SoakDocument, name: string, random: Random) {
    this.#random = random;
    this.#sockets = new RecordedSockets(name, document.history);
    const doc = new Y.Doc();
    this.#text = doc.getText('text');
    this.provider = new TextYjsProvider(doc, {
      url,
      documentId: document.id,
      userId: name,
      WebSocket: this.#sockets.WebSocket,
      backoff: { baseMs: 50, maxMs: 200 },
      random: () => random.fraction(),
      // Only the server is away, never the document.
      isGone: () => Promise.resolve(false),
    });
  }

  get text(): string {
    return this.#text.toString();
  }

  /** Types until it is told to stop, connected or not. */
  type(): void {
    this.#timer = setTimeout(() => {
      this.#edit();
      if (this.#random.below(EDITS_PER_CUT) === 0) this.#sockets.cut();
      this.type();
    }, this.#random.below(MAX_PAUSE_MS));
  }

  rest(): void {
    clearTimeout(this.#timer);
  }

  /** Leaves for good. */
  leave(): void {
    this.rest();
    this.provider.destroy();
    this.provider.doc.destroy();
  }

  #edit(): void {
    const { length } = this.#text;
    const at = this.#random.below(length + 1);
    const deletes = this.#random.fraction() < (length > LONG ? 0.55 : 0.25);
    if (deletes && at < length) this.#text.delete(at, Math.min(length - at, 1 + this.#random.below(8)));
    else this.#text.insert(at, `${WORDS[this.#random.below(WORDS.length)]} `);
  }
}
