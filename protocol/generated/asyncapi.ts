/**
 * Generated from asyncapi.yaml by tools/generate.mjs: do not edit.
 */

import type { components as Contract } from './openapi.ts';

export interface components {
    schemas: {
        /** @description Each at most once; others are refused. */
        RealtimeQuery: {
            /**
             * Format: uuid
             * @description UUIDv4 of the document.
             */
            document_id: string;
            /**
             * @description Who I say I am.
             * @default anonymous
             */
            user_id?: string;
            /** @description What others see; the user id where it is absent. */
            display_name?: string;
            /** @description The last event that I saw; 0 for all that there were. */
            last_seq?: number;
        };
        /** @description Everything that the server tells; `type` says which. */
        RealtimeServerMessage: components["schemas"]["RealtimeWelcome"] | components["schemas"]["RealtimeResync"] | components["schemas"]["RealtimeDocumentCreated"] | components["schemas"]["RealtimeDocumentUpdated"] | components["schemas"]["RealtimeDocumentDeleted"] | components["schemas"]["RealtimeDocumentReverted"] | components["schemas"]["RealtimeAnnotationCreated"] | components["schemas"]["RealtimeAnnotationUpdated"] | components["schemas"]["RealtimeAnnotationDeleted"] | components["schemas"]["RealtimeAnnotationsChanged"] | components["schemas"]["RealtimeVersionCreated"] | components["schemas"]["RealtimeExportUpdated"] | components["schemas"]["RealtimePresenceJoined"] | components["schemas"]["RealtimePresenceUpdated"] | components["schemas"]["RealtimePresenceLeft"] | components["schemas"]["RealtimePong"] | components["schemas"]["RealtimeError"];
        /** @description Everything that a client may say. */
        RealtimeClientMessage: components["schemas"]["RealtimePresence"] | components["schemas"]["RealtimePing"];
        /** @description The number of this event. */
        RealtimeSeq: number;
        RealtimeWelcome: {
            /** @constant */
            type: "welcome";
            /** @description The last event of the document at this moment. */
            seq: number;
            /** Format: uuid */
            document_id: string;
            /**
             * Format: uuid
             * @description This socket, as others see it.
             */
            connection_id: string;
            /** @description The others. */
            presence: components["schemas"]["RealtimePresenceState"][];
        };
        RealtimeResync: {
            /** @constant */
            type: "resync";
            /** @description Events go on after this one. */
            seq: number;
        };
        RealtimeDocumentCreated: {
            /** @constant */
            type: "document.created";
            seq: components["schemas"]["RealtimeSeq"];
            document: Contract["schemas"]["Document"];
        };
        RealtimeDocumentUpdated: {
            /** @constant */
            type: "document.updated";
            seq: components["schemas"]["RealtimeSeq"];
            document: Contract["schemas"]["Document"];
        };
        RealtimeDocumentDeleted: {
            /** @constant */
            type: "document.deleted";
            seq: components["schemas"]["RealtimeSeq"];
        };
        RealtimeDocumentReverted: {
            /** @constant */
            type: "document.reverted";
            seq: components["schemas"]["RealtimeSeq"];
            document: Contract["schemas"]["Document"];
            version: Contract["schemas"]["Version"];
            created: unknown[];
            updated: unknown[];
            deleted: unknown[];
        };
        RealtimeAnnotationCreated: {
            /** @constant */
            type: "annotation.created";
            seq: components["schemas"]["RealtimeSeq"];
            /** Format: uuid */
            document_id: string;
            annotation: Contract["schemas"]["Annotation"];
        };
        RealtimeAnnotationUpdated: {
            /** @constant */
            type: "annotation.updated";
            seq: components["schemas"]["RealtimeSeq"];
            /** Format: uuid */
            document_id: string;
            annotation: Contract["schemas"]["Annotation"];
        };
        RealtimeAnnotationDeleted: {
            /** @constant */
            type: "annotation.deleted";
            seq: components["schemas"]["RealtimeSeq"];
            /** Format: uuid */
            document_id: string;
            annotation: Contract["schemas"]["Annotation"];
        };
        RealtimeAnnotationsChanged: {
            /** @constant */
            type: "annotations.changed";
            seq: components["schemas"]["RealtimeSeq"];
            /** Format: uuid */
            document_id: string;
            created: unknown[];
            updated: unknown[];
            deleted: unknown[];
        };
        RealtimeVersionCreated: {
            /** @constant */
            type: "version.created";
            seq: components["schemas"]["RealtimeSeq"];
            version: Contract["schemas"]["Version"];
        };
        RealtimeExportUpdated: {
            /** @constant */
            type: "export.updated";
            seq?: components["schemas"]["RealtimeSeq"];
            job: Contract["schemas"]["ExportJob"];
        };
        /** @description In pixels of the base image. */
        RealtimeCursor: {
            x: number;
            y: number;
        };
        /** @description Ids of annotations. */
        RealtimeSelection: string[];
        RealtimePresenceState: {
            /** Format: uuid */
            connection_id: string;
            user_id: string;
            display_name: string;
            cursor?: components["schemas"]["RealtimeCursor"];
            selection?: components["schemas"]["RealtimeSelection"];
            typing?: boolean;
        };
        RealtimePresenceJoined: {
            /** @constant */
            type: "presence.joined";
            /** Format: uuid */
            connection_id: string;
            user_id: string;
            display_name: string;
            cursor?: components["schemas"]["RealtimeCursor"];
            selection?: components["schemas"]["RealtimeSelection"];
            typing?: boolean;
        };
        RealtimePresenceUpdated: {
            /** @constant */
            type: "presence.updated";
            /** Format: uuid */
            connection_id: string;
            user_id: string;
            display_name: string;
            cursor?: components["schemas"]["RealtimeCursor"];
            selection?: components["schemas"]["RealtimeSelection"];
            typing?: boolean;
        };
        RealtimePresenceLeft: {
            /** @constant */
            type: "presence.left";
            /** Format: uuid */
            connection_id: string;
            user_id: string;
            display_name: string;
            cursor?: components["schemas"]["RealtimeCursor"];
            selection?: components["schemas"]["RealtimeSelection"];
            typing?: boolean;
        };
        RealtimePong: {
            /** @constant */
            type: "pong";
            /** @description As the `ping` had it. */
            ts?: number;
        };
        RealtimeError: {
            /** @constant */
            type: "error";
            /**
             * @description A row of docs/ERRORS.md.
             * @enum {string}
             */
            code: "bad_json" | "bad_message" | "rate_limited";
            /** @description What is wrong and where. */
            message: string;
        };
        RealtimePresence: {
            /** @constant */
            type: "presence";
            cursor?: components["schemas"]["RealtimeCursor"];
            selection?: components["schemas"]["RealtimeSelection"];
            typing?: boolean;
        };
        RealtimePing: {
            /** @constant */
            type: "ping";
            /** @description Any number; a clock, usually. */
            ts?: number;
        };
        /** @description Each at most once; others are refused. */
        TextQuery: {
            /** @description Who I say I am. Joins at once. */
            userId?: string;
            /** @description What others see; the user id where it is absent. */
            displayName?: string;
            /** @description The last event that I saw. */
            lastSeq?: number;
        };
        /** @description Everything that the server tells; `type` says which. */
        TextServerMessage: components["schemas"]["TextState"] | components["schemas"]["TextAck"] | components["schemas"]["TextRemoteUpdate"] | components["schemas"]["TextDocumentChanged"] | components["schemas"]["TextCompacted"] | components["schemas"]["TextSnapshotAck"] | components["schemas"]["TextSnapshotRequest"] | components["schemas"]["TextOthersPresence"] | components["schemas"]["TextPong"] | components["schemas"]["TextError"];
        /** @description Everything that a client may say. */
        TextClientMessage: components["schemas"]["TextJoin"] | components["schemas"]["TextUpdate"] | components["schemas"]["TextSnapshot"] | components["schemas"]["TextPresence"] | components["schemas"]["TextPing"];
        /** @description The number of this event. */
        TextSeq: number;
        /** @description The `seq` of an event. */
        TextVersion: number;
        TextState: {
            /** @constant */
            type: "state";
            /** @description Events go on after this one. */
            version: components["schemas"]["TextVersion"];
            /** @description The state after `version`; empty where there is no snapshot yet, null where I said what I have. */
            snapshotB64: string | null;
            /** @description The last event of the document at this moment. */
            headSeq: components["schemas"]["TextVersion"];
        };
        TextAck: {
            /** @constant */
            type: "ack";
            opId: string;
            seq: components["schemas"]["TextSeq"];
        };
        TextRemoteUpdate: {
            /** @constant */
            type: "remote_update";
            seq: components["schemas"]["TextSeq"];
            actorId: string;
            /** @description As its maker sent it. */
            deltaB64: string;
        };
        TextDocumentChanged: {
            /** @constant */
            type: "document";
            seq: components["schemas"]["TextSeq"];
            title: string;
            deleted: boolean;
        };
        TextCompacted: {
            /** @constant */
            type: "compacted";
            seq: components["schemas"]["TextSeq"];
            /** @description What the snapshot holds. */
            version: components["schemas"]["TextVersion"];
        };
        TextSnapshotAck: {
            /** @constant */
            type: "snapshot_ack";
            version: components["schemas"]["TextVersion"];
            /** @description Absent where nothing was stored. */
            seq?: components["schemas"]["TextSeq"];
        };
        TextSnapshotRequest: {
            /** @constant */
            type: "snapshot_request";
            /** @description Of at least this version; of the `ack` before. */
            version: components["schemas"]["TextVersion"];
        };
        TextOthersPresence: {
            /** @constant */
            type: "presence";
            /**
             * Format: uuid
             * @description One user may be here more than once.
             */
            connectionId: string;
            userId: string;
            displayName: string;
            cursor: components["schemas"]["TextCursor"] | null;
            color?: components["schemas"]["TextColor"];
            data?: components["schemas"]["TextPresenceData"];
            /**
             * @description It is gone.
             * @constant
             */
            left?: true;
        };
        TextPong: {
            /** @constant */
            type: "pong";
            /** @description As the `ping` had it. */
            ts?: number;
            /** @description Milliseconds since 1970 on the server's clock. */
            serverTs: number;
        };
        TextError: {
            /** @constant */
            type: "error";
            /**
             * @description A row of docs/ERRORS.md. `unavailable`: nobody knows whether it happened, or it did not; send it again with the same
             *     `opId`. `rate_limited`: something was not read, or not taken on; send again what is not acknowledged.
             * @enum {string}
             */
            code: "bad_json" | "bad_message" | "bad_update" | "too_large" | "not_joined" | "not_found" | "rate_limited" | "unavailable";
            /** @description What is wrong and where. */
            message: string;
            /** @description Of the update that it is about. */
            opId?: string;
        };
        TextName: string;
        /** @description A range; equal where nothing is selected. What it counts is for the clients to agree on. */
        TextCursor: {
            from: number;
            to: number;
        };
        TextColor: string;
        /** @description Whatever else clients of one kind tell each other, such as the awareness of Yjs in base64. */
        TextPresenceData: string;
        TextJoin: {
            /** @constant */
            type: "join";
            userId: components["schemas"]["TextName"];
            displayName?: components["schemas"]["TextName"];
        };
        TextUpdate: {
            /** @constant */
            type: "update";
            /** @description Unique in the document; names the update in retries. */
            opId: components["schemas"]["TextName"];
            /** @description Who made it; the user id where it is absent. */
            actorId?: components["schemas"]["TextName"];
            /** @description The last event that I had seen; for diagnostics. */
            baseVersion?: components["schemas"]["TextVersion"];
            /** @description 1 byte to 1 MiB. */
            deltaB64: string;
        };
        TextSnapshot: {
            /** @constant */
            type: "snapshot";
            /** @description The last event that it holds. */
            version: components["schemas"]["TextVersion"];
            /** @description 1 byte to 10 MiB. */
            snapshotB64: string;
        };
        TextPresence: {
            /** @constant */
            type: "presence";
            cursor?: components["schemas"]["TextCursor"] | null;
            color?: components["schemas"]["TextColor"];
            data?: components["schemas"]["TextPresenceData"];
        };
        TextPing: {
            /** @constant */
            type: "ping";
            /** @description Any number; a clock, usually. */
            ts?: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
