import { WebSocket } from 'ws';
import type { WebSocketConstructor } from '../../client/web-socket-like.ts';
import type { TextClientMessage, TextServerMessage } from '../../protocol/text-socket.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import type { History, HistoryEvent } from './history.ts';

/** The sockets of one client, and what goes over them: written down as it is on the wire, whatever the client makes of it. */
export class RecordedSockets {
  readonly WebSocket: WebSocketConstructor;
  #latest: WebSocket | undefined;

  constructor(client: string, history: History) {
    const use = (socket: WebSocket): void => {
      this.#latest = socket;
    };
    this.WebSocket = class extends WebSocket {
      readonly #session = history.newSession();

      constructor(url: string) {
        super(url, { perMessageDeflate: false });
        use(this);
        history.add({ type: 'dialled', client, session: this.#session });
        // The first listener: it hears everything before the client does.
        this.on('message', (data) => {
          const event = eventOf(JSON.parse(String(data)));
          if (event !== undefined) history.add({ ...event, client, session: this.#session });
        });
      }

      override send(data: string): void {
        const message = JSON.parse(data) as TextClientMessage;
        if (message.type === 'update') {
          const { opId, deltaB64 } = message;
          history.add({ type: 'sent', client, session: this.#session, opId, delta: deltaB64 });
        }
        super.send(data);
      }
    };
  }

  /** Cuts the connection, as a network does. */
  cut(): void {
    this.#latest?.terminate();
  }
}

type WithoutPlace<Event> = Event extends unknown ? Omit<Event, 'client' | 'session'> : never;

/** `undefined`: nothing that has a place in the log. */
function eventOf(message: TextServerMessage): WithoutPlace<HistoryEvent> | undefined {
  switch (message.type) {
    case 'state':
      return { type: 'joined', version: message.version, headSeq: message.headSeq };
    case 'ack':
      return { type: 'acked', opId: message.opId, seq: message.seq };
    case 'remote_update':
      return { type: 'received', seq: message.seq, delta: message.deltaB64 };
    case 'document':
    case 'compacted':
      return { type: 'received', seq: message.seq };
    case 'snapshot_ack':
      return message.seq === undefined ? undefined : { type: 'received', seq: message.seq };
    case 'snapshot_request':
    case 'presence':
    case 'pong':
    case 'error':
      return undefined;
    default:
      return unreachable(message);
  }
}
