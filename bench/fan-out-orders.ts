/** What the processes of the fan-out benchmark tell each other. */
import type { DocumentId } from '../protocol/ids.ts';

export const DOCUMENT_ID = '6f9619ff-8b86-4011-b42d-00c04fc964ff' as DocumentId;

export type Way = 'troupe' | 'relay';

export type Ports = Readonly<Record<Way | 'control', number>>;

/** To the clients: be so many at each way. Answered when they are. */
export interface ToClients {
  readonly ports: Ports;
  readonly sockets: number;
}

/** To the server: publish for so long, so many messages in each turn of the event loop. */
export interface ToServer {
  readonly way: Way;
  readonly sockets: number;
  readonly turn: number;
  readonly ms: number;
}

/** From the server, once the clients have everything. */
export interface Measured {
  readonly deliveries: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
}
