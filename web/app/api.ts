// Not by the client's index: a page that only asks would load what edits, Yjs above all.
import { CanvasesApi } from '../../client/canvases-api.ts';
import { RoomsApi } from '../../client/rooms-api.ts';
import { SessionsApi } from '../../client/sessions-api.ts';
import { TextDocumentsApi } from '../../client/text-documents-api.ts';
import { useIdentity } from './identity.ts';

/** The server that the page came from. */
export const SERVER_URL = window.location.origin;

const { userId } = useIdentity.getState();

export const roomsApi = new RoomsApi(SERVER_URL, { userId });
export const textsApi = new TextDocumentsApi(SERVER_URL);
export const canvasesApi = new CanvasesApi(SERVER_URL);
export const sessionsApi = new SessionsApi(SERVER_URL);
