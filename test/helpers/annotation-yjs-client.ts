import * as Y from 'yjs';
import type { AnnotationState } from '../../documents/annotation/annotation-state.ts';

/** A Yjs client as a browser has one, with a client id that a test chooses. */
export class YjsClient {
  readonly doc = new Y.Doc();
  readonly annotations: Y.Map<unknown>;

  constructor(clientId: number) {
    this.doc.clientID = clientId;
    this.annotations = this.doc.getMap('annotations');
  }

  /** Takes what the server has. */
  pull(state: AnnotationState): this {
    Y.applyUpdate(this.doc, state.crdt.encode());
    return this;
  }

  /** Edits, and gives the update that a provider would send. */
  edit(change: (annotations: Y.Map<unknown>) => void): Uint8Array {
    let update: Uint8Array | undefined;
    const capture = (bytes: Uint8Array): void => {
      update = bytes;
    };
    this.doc.on('update', capture);
    this.doc.transact(() => change(this.annotations));
    this.doc.off('update', capture);
    return update ?? Uint8Array.of(0, 0);
  }

  entry(id: string): Y.Map<unknown> {
    const entry = this.annotations.get(id);
    if (!(entry instanceof Y.Map)) throw new Error(`${id} is no Y.Map`);
    return entry;
  }

  /** Adds an entry; Y types within `fields` are the caller's. */
  draw(id: string, fields: Readonly<Record<string, unknown>>): Uint8Array {
    return this.edit((annotations) => annotations.set(id, new Y.Map(Object.entries(fields))));
  }

  /** The CRDT as plain JSON. */
  get json(): unknown {
    return this.annotations.toJSON();
  }
}

/** The CRDT of a document as plain JSON. */
export const jsonOf = (state: AnnotationState): unknown => new YjsClient(999).pull(state).json;

/** Fields of a valid box, as a Yjs client writes them. */
export const boxFields = (x = 0): Readonly<Record<string, unknown>> => ({
  type: 'box',
  geometry: { x, y: 0, width: 10, height: 10 },
  style: new Y.Map(),
  content: new Y.Text(''),
  status: 'active',
});
