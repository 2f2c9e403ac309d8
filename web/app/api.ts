import { CanvasesApi, RoomsApi, SessionsApi, TextDocumentsApi } from '../../client/index.ts';
import { useIdentity } from './identity.ts';

/** The server that the page came from. */
export const SERVER_URL = window.location.origin;

const { userId } = useIdentity.getState();

export const roomsApi = new RoomsApi(SERVER_URL, { userId });
export const textsApi = new TextDocumentsApi(SERVER_URL);
export const canvasesApi = new CanvasesApi(SERVER_URL);
export const sessionsApi = new SessionsApi(SERVER_URL);
