import { doorUrl } from '../../client/connection-options.ts';
import { ReconnectingSocket } from '../../client/reconnecting-socket.ts';
import type { InspectorClientMessage, InspectorServerMessage } from '../../protocol/inspector-socket.ts';
import { SERVER_URL } from '../app/api.ts';
import { countMessages, forgetActor, type ListQuery, receive, useInspector } from './inspector-state.ts';

const TOKEN_KEY = 'troupe.debug-token';
/** A document that there cannot be: asked for, the answer says whether one may look at all. */
const NOBODY = '00000000-0000-4000-8000-000000000000';
const UNAUTHORIZED = 401;
const FORBIDDEN = 403;
const CLOSE_NORMAL = 1000;

/** The inspector's line to the server, as long as its page is open. */
let socket: ReconnectingSocket<InspectorServerMessage> | undefined;
let stopCounting = (): void => undefined;

const token = (): string | null => sessionStorage.getItem(TOKEN_KEY);
const authorized = (): HeadersInit => {
  const given = token();
  return given === null ? {} : { Authorization: `Bearer ${given}` };
};

const eventsPath = (id: string): string => `/debug/actors/${id}/events.json`;

/** Where there is no line nobody hears it; what is wanted is said when there is one. */
function say(message: InspectorClientMessage): void {
  if (socket?.status.name === 'live') socket.send(JSON.stringify(message));
}

function parse(data: unknown): InspectorServerMessage | undefined {
  if (typeof data !== 'string') return undefined;
  const value: unknown = JSON.parse(data);
  const isMessage = typeof value === 'object' && value !== null && 'type' in value;
  return isMessage ? (value as InspectorServerMessage) : undefined;
}

/** A browser does not tell why a handshake failed: asks over HTTP. @returns whether trying again is in vain */
async function isRefused(): Promise<boolean> {
  const { status } = await fetch(eventsPath(NOBODY), { headers: authorized() });
  if (status === UNAUTHORIZED) {
    useInspector.setState({ access: token() === null ? 'token needed' : 'token wrong' });
    return true;
  }
  if (status === FORBIDDEN) {
    useInspector.setState({ access: 'forbidden' });
    return true;
  }
  return false;
}

function sayWhatIsWanted(): void {
  const { watched } = useInspector.getState();
  if (!document.hidden) sayList();
  if (watched !== undefined) {
    forgetActor(watched);
    say({ type: 'watch', id: watched });
  }
}

function sayList(): void {
  const { kind, ...query } = useInspector.getState().query;
  say({ type: 'list', ...query, ...(kind !== undefined && { kind }) });
}

/** A list that nobody sees need not be made. */
const visibilityChanged = (): void => (document.hidden ? say({ type: 'unlist' }) : sayList());

/** Opens the line. @returns closes it */
export function connect(): () => void {
  open();
  const counting = setInterval(countMessages, 1_000);
  document.addEventListener('visibilitychange', visibilityChanged);
  stopCounting = () => {
    clearInterval(counting);
    document.removeEventListener('visibilitychange', visibilityChanged);
  };
  return () => {
    stopCounting();
    socket?.close(CLOSE_NORMAL, 'page closed');
    socket = undefined;
  };
}

function open(): void {
  socket?.close(CLOSE_NORMAL, 'opened anew');
  useInspector.setState({ access: 'unknown' });
  const line = new ReconnectingSocket<InspectorServerMessage>(
    { url: SERVER_URL },
    {
      url: () => {
        const url = doorUrl(SERVER_URL, 'debug/actors/stream');
        const given = token();
        if (given !== null) url.searchParams.set('token', given);
        return url.href;
      },
      parse,
      message: (message) => {
        receive(message);
        if (message.type !== 'welcome') return;
        line.live();
        sayWhatIsWanted();
      },
      lost: () => undefined,
      status: (status) => {
        if (line === socket) useInspector.setState({ status });
      },
      isGone: isRefused,
    },
  );
  socket = line;
  line.join();
}

export const retryNow = (): void => socket?.retryNow();

/** Comes with another debug token. It is forgotten with the tab. */
export function giveToken(given: string): void {
  sessionStorage.setItem(TOKEN_KEY, given);
  open();
}

export function changeQuery(change: Partial<ListQuery>): void {
  useInspector.setState(({ query }) => ({ query: { ...query, ...change } }));
  sayList();
}

/** Watches this actor, in place of the one before; or none. */
export function watchActor(id: string | undefined): void {
  if (useInspector.getState().watched === id) return;
  forgetActor(id);
  say(id === undefined ? { type: 'unwatch' } : { type: 'watch', id });
}

/** The file for Stately's tools. @throws Error that says why there is none */
export async function fetchXStateEvents(id: string): Promise<Blob> {
  const response = await fetch(eventsPath(id), { headers: authorized() });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return response.blob();
}
