/** The wire of `/ws/documents/{id}`; its one definition is asyncapi.yaml. */
import type { components } from './generated/asyncapi.ts';

type Schemas = components['schemas'];

/** Everything that the server tells. */
export type TextServerMessage = Readonly<Schemas['TextServerMessage']>;
/** Everything that a client may say. */
export type TextClientMessage = Readonly<Schemas['TextClientMessage']>;
export type TextErrorCode = Schemas['TextError']['code'];
/** What a client tells of itself. What is absent is gone. */
export type TextPresenceFields = Readonly<Pick<Schemas['TextPresence'], 'cursor' | 'color' | 'data'>>;
