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
            data?: components["schemas"]["TextOthersData"];
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
        /** @description What another client said in `data`; longer where it is the awareness of all who share a socket at `/v1/yjs`. */
        TextOthersData: string;
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
        /** @description Each at most once; others are refused. */
        RoomQuery: {
            /**
             * @description Who I say I am.
             * @default anonymous
             */
            userId?: string;
            /** @description What others see; the user id where it is absent. */
            displayName?: string;
            /** @description The last event that I have; 0 for all that there were. */
            lastSeq?: number;
        };
        /** @description Others are passed over; a provider sends what its application gives it. */
        YjsQuery: {
            /**
             * @description Who I say I am.
             * @default anonymous
             */
            userId?: string;
            /** @description What others see; the user id where it is absent. */
            displayName?: string;
        };
        /** @description Every text frame of the server; `type` says which. */
        RoomServerMessage: components["schemas"]["RoomInfo"] | components["schemas"]["RoomResync"] | components["schemas"]["RoomAck"] | components["schemas"]["RoomCreated"] | components["schemas"]["RoomUpdated"] | components["schemas"]["RoomDeleted"] | components["schemas"]["RoomReverted"] | components["schemas"]["RoomVersionCreated"] | components["schemas"]["RoomExportUpdated"] | components["schemas"]["RoomOthersPresence"] | components["schemas"]["RoomPong"] | components["schemas"]["RoomError"];
        /** @description Every text frame that a client may send. */
        RoomClientMessage: components["schemas"]["RoomPresence"] | components["schemas"]["RoomPing"];
        /** @description The number of this event. */
        RoomSeq: number;
        /** @description The state vector of the server's Yjs document. What it lacks of mine is `Y.encodeStateAsUpdate(doc, stateVector)`. */
        RoomStateVector: string;
        RoomInfo: {
            /** @constant */
            type: "roomInfo";
            /** Format: uuid */
            roomId: string;
            /** @description The last event of the room at this moment. */
            seq: number;
            /** @description The event up to which the room is kept as a snapshot; 0 for none. */
            snapshotSeq: number;
            /** @description After event `seq`. */
            stateVector: components["schemas"]["RoomStateVector"];
            /** @description Who I am here. */
            userId: string;
            /**
             * Format: uuid
             * @description This socket, as others see it.
             */
            connectionId: string;
            /** @description The others. */
            presence: components["schemas"]["RoomPresenceState"][];
        };
        RoomResync: {
            /** @constant */
            type: "resync";
            /** @description Events go on after this one. */
            seq: number;
            /** @description After event `seq`. */
            stateVector: components["schemas"]["RoomStateVector"];
        };
        RoomAck: {
            /** @constant */
            type: "ack";
            /** @description Of the event that my update became; where it changed nothing of the last one before. */
            seq: number;
        };
        /** @description What a room is, apart from its annotations. */
        RoomState: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description Pixels of the page, once they are known. */
            width?: number;
            height?: number;
            hasImage: boolean;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        RoomVersionState: {
            /** Format: uuid */
            id: string;
            tag?: string;
            /** @description The last event that it captures. */
            seq: number;
            /** Format: date-time */
            createdAt: string;
        };
        RoomCreated: {
            /** @constant */
            type: "room.created";
            seq: components["schemas"]["RoomSeq"];
            room: components["schemas"]["RoomState"];
        };
        RoomUpdated: {
            /** @constant */
            type: "room.updated";
            seq: components["schemas"]["RoomSeq"];
            room: components["schemas"]["RoomState"];
        };
        RoomDeleted: {
            /** @constant */
            type: "room.deleted";
            seq: components["schemas"]["RoomSeq"];
        };
        RoomReverted: {
            /** @constant */
            type: "reverted";
            /** @description As the binary `update` before has it. */
            seq: components["schemas"]["RoomSeq"];
            /** @description The one that was brought back. */
            version: components["schemas"]["RoomVersionState"];
            /** @description The user who did it. */
            by: string;
            /** @description Name and image come back too. */
            room: components["schemas"]["RoomState"];
        };
        RoomVersionCreated: {
            /** @constant */
            type: "version.created";
            seq: components["schemas"]["RoomSeq"];
            version: components["schemas"]["RoomVersionState"];
        };
        RoomExportUpdated: {
            /** @constant */
            type: "export.updated";
            seq?: components["schemas"]["RoomSeq"];
            job: Contract["schemas"]["ExportJob"];
        };
        /** @description Whatever else clients tell each other; by convention an awareness update of y-protocols in base64. */
        RoomPresenceData: string;
        /** @description What another client said in `data`; longer where it is the awareness of all who share a socket at `/v1/yjs`. */
        RoomOthersData: string;
        RoomPresenceState: {
            /**
             * Format: uuid
             * @description One user may be here more than once.
             */
            connectionId: string;
            userId: string;
            displayName: string;
            cursor: components["schemas"]["RealtimeCursor"] | null;
            selection?: components["schemas"]["RealtimeSelection"];
            typing?: boolean;
            data?: components["schemas"]["RoomOthersData"];
        };
        RoomOthersPresence: {
            /** @constant */
            type: "presence";
            /**
             * Format: uuid
             * @description One user may be here more than once.
             */
            connectionId: string;
            userId: string;
            displayName: string;
            cursor: components["schemas"]["RealtimeCursor"] | null;
            selection?: components["schemas"]["RealtimeSelection"];
            typing?: boolean;
            data?: components["schemas"]["RoomOthersData"];
            /**
             * @description It is gone.
             * @constant
             */
            left?: true;
        };
        RoomPong: {
            /** @constant */
            type: "pong";
            /** @description As the `ping` had it. */
            ts?: number;
            /** @description Milliseconds since 1970 on the server's clock. */
            serverTs: number;
        };
        RoomError: {
            /** @constant */
            type: "error";
            /**
             * @description A row of docs/ERRORS.md. `bad_update`: nothing was applied, and sending it again is of no use. `missing_updates`: it builds on updates
             *     that the server does not have; send the whole difference to `stateVector`. `rate_limited`, `unavailable`: send it again later,
             *     where `retryAfterMs` is given when that has passed.
             *     `too_large`: nothing was applied.
             * @enum {string}
             */
            code: "bad_json" | "bad_message" | "bad_update" | "missing_updates" | "quarantined" | "rate_limited" | "too_large" | "unavailable";
            /** @description What is wrong and where. */
            message: string;
            /** @description The binary frame that this answers in place of an `ack`, counted from 1 on this socket. Absent where it answers none. */
            frame?: number;
            /** @description With `missing_updates`. */
            stateVector?: components["schemas"]["RoomStateVector"];
            /** @description With `rate_limited`, where it is a matter of bytes a second; then there is room for this update. */
            retryAfterMs?: number;
            /** @description With `quarantined`, what does not validate. */
            entries?: components["schemas"]["RoomQuarantinedEntry"][];
        };
        RoomQuarantinedEntry: {
            /** @description The key in `annotations`. */
            id: string;
            /** @description What is wrong within the entry, such as `/geometry/x`; empty for all of it. */
            path: string;
            message: string;
        };
        RoomPresence: {
            /** @constant */
            type: "presence";
            /** @description Ignored: who I am is said by the query. */
            userId?: string;
            cursor?: components["schemas"]["RealtimeCursor"] | null;
            selection?: components["schemas"]["RealtimeSelection"];
            typing?: boolean;
            data?: components["schemas"]["RoomPresenceData"];
        };
        RoomPing: {
            /** @constant */
            type: "ping";
            /** @description Any number; a clock, usually. */
            ts?: number;
        };
        /** @description Each at most once; others are refused. */
        CanvasQuery: {
            /** @description Of a session; in place of `Authorization: Bearer`, which browsers cannot send here. */
            token?: string;
            /** @description The last event whose pixels I have. */
            lastSeq?: number;
            /**
             * @description Of `pixel:bulk_update`.
             * @default binary
             * @enum {string}
             */
            encoding?: "binary" | "json";
        };
        /** @description Every text frame of the server; `type` says which. */
        CanvasServerMessage: components["schemas"]["CanvasSocketState"] | components["schemas"]["CanvasBulkUpdate"] | components["schemas"]["CanvasAck"] | components["schemas"]["CanvasReject"] | components["schemas"]["CanvasReload"] | components["schemas"]["CanvasUpdated"] | components["schemas"]["CanvasLocked"] | components["schemas"]["CanvasUnlocked"] | components["schemas"]["CanvasPaletteChanged"] | components["schemas"]["CanvasSocketRewound"] | components["schemas"]["CanvasPresence"] | components["schemas"]["CanvasHeartbeatAnswer"] | components["schemas"]["CanvasError"];
        /** @description Every text frame that a client may send. */
        CanvasClientMessage: components["schemas"]["CanvasPixelUpdate"] | components["schemas"]["CanvasStrokeStart"] | components["schemas"]["CanvasStrokeEnd"] | components["schemas"]["CanvasHeartbeat"];
        /** @description The number of this event. */
        CanvasSocketSeq: number;
        CanvasSocketLock: Contract["schemas"]["CanvasLock"];
        /** @description Of the bitmap to load, such as `/v1/canvases/{id}/bitmap`. */
        CanvasBitmapPath: string;
        CanvasIdentity: {
            /** Format: uuid */
            id: string;
            slug: string | null;
            name: string;
            /**
             * @description An archived canvas can be looked at.
             * @enum {string}
             */
            status: "active" | "archived";
        };
        /** @description Who I am here. */
        CanvasSelf: {
            /** Format: uuid */
            userId: string;
            name: string;
            /** @enum {string} */
            role: "painter" | "moderator";
        };
        CanvasSocketState: {
            /** @constant */
            type: "canvas:state";
            /** @description The last event of the canvas. */
            seq: number;
            width: number;
            height: number;
            palette: Contract["schemas"]["CanvasPalette"];
            /** @description Index of what was never painted. */
            background: number;
            locks: components["schemas"]["CanvasSocketLock"][];
            /** @description Sockets that are open here. */
            online: number;
            canvas: components["schemas"]["CanvasIdentity"];
            rateLimits: Contract["schemas"]["CanvasRateLimits"];
            you: components["schemas"]["CanvasSelf"] | null;
            bitmap?: components["schemas"]["CanvasBitmapPath"];
        };
        CanvasBulkUpdate: {
            /** @constant */
            type: "pixel:bulk_update";
            /** @description The last event that is in it. */
            seq: number;
            /** @description `[x, y, color]` each, row by row. */
            pixels: number[][];
        };
        CanvasAck: {
            /** @constant */
            type: "pixel:ack";
            /** @description Of all that is acknowledged by this frame. */
            ids: string[];
            /** @description Of the last of them. */
            seq: components["schemas"]["CanvasSocketSeq"];
        };
        CanvasReject: {
            /** @constant */
            type: "pixel:reject";
            id: string;
            /** @enum {string} */
            reason: "locked" | "rate_limited" | "out_of_bounds" | "bad_color" | "read_only";
            /** @description `[x, y]` of the first pixel that offends. */
            at?: number[];
            /** @description With `rate_limited`. */
            retryAfterMs?: number;
        };
        /** @description After a failure of the server it also has everything else that may have changed. */
        CanvasReload: {
            /** @constant */
            type: "canvas:reload";
            /** @description Events go on after this one. */
            seq: number;
            bitmap: components["schemas"]["CanvasBitmapPath"];
            canvas?: components["schemas"]["CanvasIdentity"];
            palette?: Contract["schemas"]["CanvasPalette"];
            locks?: components["schemas"]["CanvasSocketLock"][];
            rateLimits?: Contract["schemas"]["CanvasRateLimits"];
        };
        CanvasUpdated: {
            /** @constant */
            type: "canvas:updated";
            seq: components["schemas"]["CanvasSocketSeq"];
            canvas: components["schemas"]["CanvasIdentity"];
            rateLimits: Contract["schemas"]["CanvasRateLimits"];
        };
        CanvasLocked: {
            /** @constant */
            type: "moderation:lock";
            seq: components["schemas"]["CanvasSocketSeq"];
            lock: Contract["schemas"]["CanvasLock"];
        };
        CanvasUnlocked: {
            /** @constant */
            type: "moderation:unlock";
            seq: components["schemas"]["CanvasSocketSeq"];
            /** Format: uuid */
            lockId: string;
            reason?: string;
        };
        CanvasPaletteChanged: {
            /** @constant */
            type: "moderation:palette";
            seq: components["schemas"]["CanvasSocketSeq"];
            palette: Contract["schemas"]["CanvasPalette"];
        };
        CanvasSocketRewound: {
            /** @constant */
            type: "moderation:rewind";
            seq: components["schemas"]["CanvasSocketSeq"];
            /** @description The user id of the moderator. */
            by: string;
            /** @description Back to what was after this event. */
            to: number;
            /** @description How many were put back. */
            pixels: number;
            reason?: string;
            /** @description Where it was limited to one. */
            region?: Contract["schemas"]["CanvasRegion"];
            /** @description Whose pixels, where it was limited to one's. */
            userId?: string;
        };
        CanvasPresence: {
            /** @constant */
            type: "presence";
            /** @description Sockets that are open here. */
            online: number;
        };
        CanvasHeartbeatAnswer: {
            /** @constant */
            type: "heartbeat";
            /** @description As the client's had it. */
            ts?: number;
            /** @description Milliseconds since 1970 on the server's clock. */
            serverTs: number;
        };
        CanvasError: {
            /** @constant */
            type: "error";
            /**
             * @description A row of docs/ERRORS.md. `rate_limited`: too many messages, some were not read. `overloaded`: nothing was painted, send it again later.
             *     `unavailable`: nobody knows whether it was painted; send it again with the same `id`.
             * @enum {string}
             */
            code: "bad_json" | "bad_message" | "rate_limited" | "overloaded" | "unavailable";
            /** @description What is wrong and where. */
            message: string;
            /** @description Of the `pixel:update` that this answers, where it answers one. */
            id?: string;
        };
        /** @description Either `x`, `y` and `color`, or `pixels`. With the eraser no color is needed. */
        CanvasPixelUpdate: {
            /** @constant */
            type: "pixel:update";
            /** @description My name for this message, which my user never used for another, such as a UUID. */
            id: string;
            x?: number;
            y?: number;
            color?: components["schemas"]["CanvasColorValue"];
            /** @description `[x, y, color]` each; `[x, y]` with the eraser. Of a pixel that comes twice the later one counts. */
            pixels?: (number | string)[][];
            /**
             * @description The eraser paints the background.
             * @default brush
             * @enum {string}
             */
            tool?: "brush" | "eraser";
            /** @description When it was painted, in ms since 1970 on the client's clock; for the log. */
            clientTimestamp?: number;
        };
        /** @description An index of the palette, or a `#rrggbb` that is in it. */
        CanvasColorValue: number | string;
        CanvasStrokeId: string;
        CanvasStrokeStart: {
            /** @constant */
            type: "pixel:stroke:start";
            strokeId: components["schemas"]["CanvasStrokeId"];
        };
        CanvasStrokeEnd: {
            /** @constant */
            type: "pixel:stroke:end";
            strokeId: components["schemas"]["CanvasStrokeId"];
        };
        CanvasHeartbeat: {
            /** @constant */
            type: "heartbeat";
            /** @description Any number; a clock, usually. */
            ts?: number;
        };
        /** @description Others are refused. */
        InspectorQuery: {
            /** @description The debug token, where one is set. */
            token?: string;
        };
        /** @description Everything that the server tells; `type` says which. */
        InspectorServerMessage: components["schemas"]["InspectorWelcome"] | components["schemas"]["InspectorActors"] | components["schemas"]["InspectorActor"] | components["schemas"]["InspectorRecords"] | components["schemas"]["InspectorCrashes"] | components["schemas"]["InspectorPong"] | components["schemas"]["InspectorError"];
        /** @description Everything that a client may say; `type` says which. */
        InspectorClientMessage: components["schemas"]["InspectorList"] | components["schemas"]["InspectorUnlist"] | components["schemas"]["InspectorWatch"] | components["schemas"]["InspectorUnwatch"] | components["schemas"]["InspectorPing"];
        InspectorWelcome: {
            /** @constant */
            type: "welcome";
            chart: components["schemas"]["InspectorChart"];
            /** @description Milliseconds since 1970 on the server's clock. */
            server_time: number;
        };
        /** @description The lifecycle of a document actor, read from its state machine. */
        InspectorChart: {
            id: string;
            /** @description The name of the first state. */
            initial: string;
            states: {
                name: string;
                final: boolean;
                tags: string[];
                /** @description Actions when it is entered. */
                entry: string[];
                /** @description Messages that it handles beside the chart. */
                handles: string[];
                transitions: {
                    /** @description `*`: any message that is not named. */
                    event: string;
                    /** @description Absent: the state stays. */
                    target?: string;
                    guard?: string;
                    actions: string[];
                }[];
            }[];
        };
        /** @description How many, by name. */
        InspectorCounts: {
            [key: string]: number;
        };
        /** @description A document in memory. */
        InspectorRow: {
            /** Format: uuid */
            id: string;
            kind: string;
            /** @description Of the chart. */
            state: string;
            /** @description The last event that was applied. */
            seq: number;
            /** @description Messages that wait while it loads or leaves. */
            mailbox: number;
            /** @description Events and answers that wait for the store. */
            pending: number;
            /** @description Requests without an answer yet. */
            asks: number;
            /** @description Sockets that are joined. */
            subscribers: number;
            /** @description Events per second, over the last second or so. */
            rate: number;
            /** @description In the present window. */
            crashes: number;
            /** Format: date-time */
            last_used: string;
        };
        InspectorActors: {
            /** @constant */
            type: "actors";
            /** @description Documents in memory. */
            total: number;
            /** @description Those that fit what was asked for. */
            matching: number;
            offset: number;
            /** @description Events per second, of all. */
            rate: number;
            kinds: components["schemas"]["InspectorCounts"];
            states: components["schemas"]["InspectorCounts"];
            /** @description Ids of the rows that are shown, in order. Absent: as before. */
            order?: string[];
            rows: components["schemas"]["InspectorRow"][];
        };
        InspectorVisitor: {
            connection_id: string;
            user_id: string;
            door: string;
            /** @description Names of what it lets others see, such as `cursor`. */
            shows: string[];
        };
        InspectorActor: {
            /** @constant */
            type: "actor";
            /** Format: uuid */
            id: string;
            /** @description That it took since it is watched. */
            messages: number;
            /** @description Absent: it is not in memory. */
            actor?: {
                kind: string;
                state: string;
                /** @description The last event that was applied. */
                seq: number;
                /** @description The last durable event. */
                committed: number;
                /** @description Of the newest snapshot in the store; 0 where there is none. */
                snapshot_seq: number;
                mailbox: number;
                pending: number;
                asks: number;
                subscribers: number;
                crashes: number;
                /** Format: date-time */
                last_used: string;
                deleted: boolean;
                /** @description XState's id of this incarnation. */
                session: string;
                /** @description The first 100 of its subscribers. */
                visitors: components["schemas"]["InspectorVisitor"][];
            };
        };
        /**
         * @description One message that the actor took, or a turn of its life. The times `..._us` are microseconds since `at`, each absent where that has not
         *     happened.
         */
        InspectorRecord: {
            no: number;
            /** @description Such as `execute`, `join`, `committed`, `actor.crashed`. */
            type: string;
            /** @description Which command or query, such as `annotation.update`. */
            command?: string;
            /** @description The name of a door, `socket`, `http`, `system`, `store` or `runtime`. */
            from: string;
            /** @description The user id. */
            by?: string;
            connection_id?: string;
            /** @description When it was asked for, in ms since 1970, with fractions. */
            at: number;
            /** @description Out of the mailbox. */
            taken_us?: number;
            /** @description The document had handled it. */
            executed_us?: number;
            /** @description Its event was durable. */
            committed_us?: number;
            /** @description The last door had written it to its sockets. */
            published_us?: number;
            /** @description Of its event. */
            seq?: number;
            /** @description Bytes of that event in the log. */
            size?: number;
            /** @description Events that became durable by it. */
            events?: number;
            /** @description That told it. */
            doors?: string[];
            /** @description Sockets that these doors have here. */
            readers?: number;
            /** @description `waiting` (until the document is loaded), `pending` (for the store), `ok`, `unchanged`, `failed` (the actor ended), or a code of docs/ERRORS.md. */
            outcome: string;
            /** @description Of the chart after it. */
            state: string;
            /** @description Where it was another one. */
            state_before?: string;
            /** @description Why the actor failed; nothing that the error quotes. */
            reason?: string;
        };
        InspectorRecords: {
            /** @constant */
            type: "records";
            /** Format: uuid */
            id: string;
            records: components["schemas"]["InspectorRecord"][];
            /** @description Messages that were only counted. */
            skipped: number;
            /** @description Records that were not told because this reader was behind. */
            dropped: number;
        };
        InspectorCrash: {
            /** @description In this process. */
            no: number;
            /** @description Milliseconds since 1970. */
            at: number;
            /** Format: uuid */
            id: string;
            kind: string;
            /** @description The last event that was applied. */
            seq: number;
            /** @description The error, without what it quotes. */
            reason: string;
        };
        InspectorCrashes: {
            /** @constant */
            type: "crashes";
            /** @description Since the process began. */
            total: number;
            crashes: components["schemas"]["InspectorCrash"][];
        };
        InspectorPong: {
            /** @constant */
            type: "pong";
            /** @description As the client's had it. */
            ts?: number;
        };
        InspectorError: {
            /** @constant */
            type: "error";
            /**
             * @description A row of docs/ERRORS.md.
             * @enum {string}
             */
            code: "bad_json" | "bad_message" | "rate_limited" | "overloaded";
            /** @description What is wrong and where. */
            message: string;
        };
        InspectorList: {
            /** @constant */
            type: "list";
            /**
             * @description Part of an id, a kind or a state.
             * @default
             */
            text?: string;
            kind?: string;
            /**
             * @default last_used
             * @enum {string}
             */
            sort?: "id" | "kind" | "state" | "seq" | "mailbox" | "pending" | "asks" | "subscribers" | "rate" | "crashes" | "last_used";
            /** @default true */
            descending?: boolean;
            /** @default 0 */
            offset?: number;
            /** @default 100 */
            limit?: number;
        };
        InspectorUnlist: {
            /** @constant */
            type: "unlist";
        };
        InspectorWatch: {
            /** @constant */
            type: "watch";
            /** @description UUIDv4 of the document. */
            id: string;
        };
        InspectorUnwatch: {
            /** @constant */
            type: "unwatch";
        };
        InspectorPing: {
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
