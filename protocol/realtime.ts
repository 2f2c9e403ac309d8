/** The wire of `/v1/realtime`; its one definition is asyncapi.yaml. */
import type { components } from './generated/asyncapi.ts';

type Schemas = components['schemas'];

/** Nobody changes a message: lists of entities go in as they are. */
type Fixed<Value> = Value extends (infer Item)[] ? readonly Item[] : Value;
type Message<T> = T extends unknown ? { readonly [Key in keyof T]: Fixed<T[Key]> } : never;

/** Everything that the server tells. */
export type RealtimeServerMessage = Message<Schemas['RealtimeServerMessage']>;
/** Everything that a client may say. */
export type RealtimeClientMessage = Message<Schemas['RealtimeClientMessage']>;
/** One who is at the document, as the others see it. */
export type RealtimePresenceState = Schemas['RealtimePresenceState'];
/** What a client points at. What is absent is gone. */
export type RealtimePresenceData = Pick<RealtimePresenceState, 'cursor' | 'selection' | 'typing'>;
export type RealtimeErrorCode = Schemas['RealtimeError']['code'];
