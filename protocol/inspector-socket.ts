/** The wire of `/debug/actors/stream`; its one definition is asyncapi.yaml. */
import type { components } from './generated/asyncapi.ts';

type Schemas = components['schemas'];

/** Everything that the server tells. */
export type InspectorServerMessage = Readonly<Schemas['InspectorServerMessage']>;
/** Everything that a client may say. */
export type InspectorClientMessage = Readonly<Schemas['InspectorClientMessage']>;
export type InspectorChart = Schemas['InspectorChart'];
export type InspectorRow = Readonly<Schemas['InspectorRow']>;
export type InspectorActor = Readonly<Schemas['InspectorActor']>;
export type InspectorVisitor = Readonly<Schemas['InspectorVisitor']>;
export type InspectorRecord = Readonly<Schemas['InspectorRecord']>;
export type InspectorCrash = Readonly<Schemas['InspectorCrash']>;
export type InspectorList = Readonly<Schemas['InspectorList']>;
export type InspectorSort = NonNullable<Schemas['InspectorList']['sort']>;
export type InspectorErrorCode = Schemas['InspectorError']['code'];
