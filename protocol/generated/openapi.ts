/**
 * Generated from openapi.yaml by tools/generate.mjs: do not edit.
 */

export interface paths {
    "/v1/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List documents */
        get: operations["listDocuments"];
        put?: never;
        /**
         * Create a document
         * @description Without an image it is a white page of 1280×720.
         */
        post: operations["createDocument"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/documents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv4. What is no UUID is unknown (404). */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** Get a document */
        get: operations["getDocument"];
        put?: never;
        post?: never;
        /**
         * Delete a document (softly)
         * @description Hides what it holds; its sockets get `document.deleted` and close 4404.
         */
        delete: operations["deleteDocument"];
        options?: never;
        head?: never;
        /** Change a document's name or image */
        patch: operations["updateDocument"];
        trace?: never;
    };
    "/v1/documents/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv4. What is no UUID is unknown (404). */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /**
         * A small picture of a document
         * @description Drawn by the renderer of the exports, on white, without comments. At most one of `seq` and `tag`; with neither it is the
         *     state at this moment. Who has the picture already (`If-None-Match`) is answered without drawing it again.
         */
        get: operations["getDocumentPreview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rooms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List rooms */
        get: operations["listRooms"];
        put?: never;
        /**
         * Create a room
         * @description Without an image it is a white page of 1280×720, or of `width` × `height`.
         */
        post: operations["createRoom"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rooms/{roomId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A room is a document; this is its id. */
                roomId: components["parameters"]["RoomId"];
            };
            cookie?: never;
        };
        /**
         * Get a room
         * @description The ETag changes with whatever the room shows, the number of its clients too.
         */
        get: operations["getRoom"];
        put?: never;
        post?: never;
        /**
         * Delete a room (softly)
         * @description Hides what it holds; its sockets are closed 4404.
         */
        delete: operations["deleteRoom"];
        options?: never;
        head?: never;
        /** Change a room's name or image */
        patch: operations["updateRoom"];
        trace?: never;
    };
    "/v1/rooms/{roomId}/image": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A room is a document; this is its id. */
                roomId: components["parameters"]["RoomId"];
            };
            cookie?: never;
        };
        /**
         * Get the base image
         * @description As it was given. One that is an address is fetched where the server has no copy of it yet.
         */
        get: operations["getRoomImage"];
        put?: never;
        /**
         * Upload a base image
         * @description PNG or JPEG of at most 20 MB (413) and 50 megapixels (422), judged by its content, not by its name or type. It takes the place
         *     of the image that the room has. As a form it is the only part, a file called `image`.
         */
        post: operations["uploadRoomImage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rooms/{roomId}/snapshots": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A room is a document; this is its id. */
                roomId: components["parameters"]["RoomId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write a snapshot of the present state now
         * @description The server writes them by itself; older events may be pruned then.
         */
        post: operations["createRoomSnapshot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rooms/{roomId}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A room is a document; this is its id. */
                roomId: components["parameters"]["RoomId"];
            };
            cookie?: never;
        };
        /** List all versions of a room */
        get: operations["listRoomVersions"];
        put?: never;
        /**
         * Name a state of a room
         * @description The present one, or the one after event `seq`; it is kept for good.
         */
        post: operations["createRoomVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rooms/{roomId}/versions/{tag}:revert": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A room is a document; this is its id. */
                roomId: components["parameters"]["RoomId"];
                /** @description Percent-encoded. What is not the tag of a version is unknown (404). */
                tag: components["schemas"]["Tag"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring a version's state back
         * @description One event, which goes forward like any other change.
         */
        post: operations["revertRoom"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rooms/{roomId}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A room is a document; this is its id. */
                roomId: components["parameters"]["RoomId"];
            };
            cookie?: never;
        };
        /** List the comments of a room */
        get: operations["listRoomComments"];
        put?: never;
        /**
         * Comment on an annotation or a point, or reply
         * @description Either `anchor` or `parentId`. A comment is an annotation of type `comment`: it is at `/v1/annotations`, too.
         */
        post: operations["createRoomComment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rooms/{roomId}/comments/{commentId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A room is a document; this is its id. */
                roomId: components["parameters"]["RoomId"];
                commentId: components["parameters"]["CommentId"];
            };
            cookie?: never;
        };
        /** Get a comment */
        get: operations["getRoomComment"];
        put?: never;
        post?: never;
        /** Delete a comment (softly) and its replies */
        delete: operations["deleteRoomComment"];
        options?: never;
        head?: never;
        /** Resolve, reopen or edit a comment */
        patch: operations["updateRoomComment"];
        trace?: never;
    };
    "/v1/rooms/{roomId}/exports": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A room is a document; this is its id. */
                roomId: components["parameters"]["RoomId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a picture of a room
         * @description At most one of `seq` and `tag`; with neither it is the state at this moment. The job is one of `/v1/exports`.
         */
        post: operations["createRoomExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rooms/{roomId}/events": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A room is a document; this is its id. */
                roomId: components["parameters"]["RoomId"];
            };
            cookie?: never;
        };
        /**
         * What happened in a room
         * @description The log without its content, as far as it is kept.
         */
        get: operations["listRoomEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/annotations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List annotations */
        get: operations["listAnnotations"];
        put?: never;
        /** Create an annotation */
        post: operations["createAnnotation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/annotations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv4. What is no UUID is unknown (404). */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** Get an annotation */
        get: operations["getAnnotation"];
        put?: never;
        post?: never;
        /** Delete an annotation (softly) and its replies */
        delete: operations["deleteAnnotation"];
        options?: never;
        head?: never;
        /**
         * Change an annotation
         * @description `style` merges key by key (`null` removes a key), `geometry` is replaced whole, `type` cannot change.
         */
        patch: operations["updateAnnotation"];
        trace?: never;
    };
    "/v1/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List versions */
        get: operations["listVersions"];
        put?: never;
        /** Make a version of a document's present state */
        post: operations["createVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/versions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv4. What is no UUID is unknown (404). */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** Get a version with the state that it captured */
        get: operations["getVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/versions/{id}/revert": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv4. What is no UUID is unknown (404). */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring a version's state back
         * @description One event. Annotation versions and `Document.version` go up, never down.
         */
        post: operations["revertVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List export jobs */
        get: operations["listExports"];
        put?: never;
        /**
         * Ask for a picture of a document
         * @description At most one of `seq`, `tag`, `version_id`; with none it is the state at this moment.
         */
        post: operations["createExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv4. What is no UUID is unknown (404). */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** Get an export job */
        get: operations["getExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/{id}/download": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv4. What is no UUID is unknown (404). */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /**
         * Download the picture
         * @description 404 until the job is `completed`.
         */
        get: operations["downloadExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The picture under its `result_url` */
        get: operations["getExportFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List text documents */
        get: operations["listTextDocuments"];
        put?: never;
        /** Create a text document */
        post: operations["createTextDocument"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv4. What is no UUID is unknown (404). */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** Get what is known of a text document */
        get: operations["getTextDocument"];
        put?: never;
        post?: never;
        /**
         * Delete a text document (softly)
         * @description Its sockets are closed 4404. `PATCH` with `deleted false` brings it back.
         */
        delete: operations["deleteTextDocument"];
        options?: never;
        head?: never;
        /**
         * Rename, delete or restore a text document
         * @description `deleted: false` restores; any other change of a deleted document is 404.
         */
        patch: operations["updateTextDocument"];
        trace?: never;
    };
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open or renew a session
         * @description Without a token a new user. With one that is still good (`Authorization: Bearer`) the same user for longer: id and role
         *     stay, the name may change. A moderator key makes the user a moderator; wrong ones are counted by address.
         */
        post: operations["createSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/canvases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List canvases */
        get: operations["listCanvases"];
        put?: never;
        /**
         * Create a canvas
         * @description For moderators.
         */
        post: operations["createCanvas"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/canvases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv4, or the slug of a canvas. What is neither is unknown (404). */
                id: components["parameters"]["CanvasId"];
            };
            cookie?: never;
        };
        /** Get a canvas */
        get: operations["getCanvas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Rename, archive, or change palette or limits
         * @description For moderators. A palette is replaced whole, and pixels keep their index: colours can be changed and added, and those at its
         *     end that no pixel has can go. `rateLimits` are replaced whole and hold from the next message on. An archived canvas
         *     can be looked at but not painted on.
         */
        patch: operations["updateCanvas"];
        trace?: never;
    };
    "/v1/canvases/{id}/bitmap": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv4, or the slug of a canvas. What is neither is unknown (404). */
                id: components["parameters"]["CanvasId"];
            };
            cookie?: never;
        };
        /**
         * All pixels
         * @description One byte a pixel, its palette index, row by row; compressed (`br`, `gzip`) as `Accept-Encoding` allows. At least as new as
         *     the request. The ETag is a hash of the pixels: it stays while nobody paints, and where painting changes nothing.
         */
        get: operations["getCanvasBitmap"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/canvases/{id}/snapshot": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv4, or the slug of a canvas. What is neither is unknown (404). */
                id: components["parameters"]["CanvasId"];
            };
            cookie?: never;
        };
        /**
         * A picture of the canvas
         * @description Enlarged, each pixel is a square; a PNG then has the palette of the canvas. Reduced, colours are mixed. At most 100 megapixels.
         */
        get: operations["getCanvasSnapshot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/canvases/{id}/palette": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv4, or the slug of a canvas. What is neither is unknown (404). */
                id: components["parameters"]["CanvasId"];
            };
            cookie?: never;
        };
        /** The colours */
        get: operations["getCanvasPalette"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/canvases/{id}/pixels/{x}/{y}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv4, or the slug of a canvas. What is neither is unknown (404). */
                id: components["parameters"]["CanvasId"];
                /** @description From the left, from 0. */
                x: string;
                /** @description From the top, from 0. */
                y: string;
            };
            cookie?: never;
        };
        /**
         * A pixel and its history
         * @description Who painted it, newest first. Each request looks through a bounded part of the log: where that was not all, `complete` is
         *     false, and `before={scannedTo}` goes on from there.
         */
        get: operations["getCanvasPixel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/canvases/{id}/locks": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv4, or the slug of a canvas. What is neither is unknown (404). */
                id: components["parameters"]["CanvasId"];
            };
            cookie?: never;
        };
        /** List locked regions */
        get: operations["listCanvasLocks"];
        put?: never;
        /**
         * Lock a region
         * @description For moderators. Nobody can paint in it from the next message on.
         */
        post: operations["createCanvasLock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/canvases/{id}/locks/{lockId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv4, or the slug of a canvas. What is neither is unknown (404). */
                id: components["parameters"]["CanvasId"];
                lockId: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a lock away
         * @description For moderators.
         */
        delete: operations["deleteCanvasLock"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/canvases/{id}/rewind": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv4, or the slug of a canvas. What is neither is unknown (404). */
                id: components["parameters"]["CanvasId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring back what was
         * @description For moderators. Everything, a region, or one user's painting goes back to what it was after an event or at a time. Of a user
         *     only pixels go back that this user painted last, to what was there before that; what others painted over stays. It is
         *     an event itself and can be rewound. What is painted while it is worked out stays.
         */
        post: operations["rewindCanvas"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/canvases/{id}/audit": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv4, or the slug of a canvas. What is neither is unknown (404). */
                id: components["parameters"]["CanvasId"];
            };
            cookie?: never;
        };
        /**
         * What moderators did
         * @description For moderators.
         */
        get: operations["listCanvasAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/canvases/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv4, or the slug of a canvas. What is neither is unknown (404). */
                id: components["parameters"]["CanvasId"];
            };
            cookie?: never;
        };
        /**
         * The events, to replay them
         * @description From the first one on, all of them in order give the canvas as it is: the frames of a time-lapse. An answer ends early where it
         *     grows large: `next` is where to go on.
         */
        get: operations["getCanvasHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/canvases/{id}/stats": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv4, or the slug of a canvas. What is neither is unknown (404). */
                id: components["parameters"]["CanvasId"];
            };
            cookie?: never;
        };
        /** Figures of a canvas */
        get: operations["getCanvasStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is the process alive? */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Can it serve? (store reachable, not stopping) */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Counters and gauges
         * @description JSON; Prometheus text for `Accept: text/plain` or `?format=prometheus`.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/debug/actors.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The live actors
         * @description From loopback only, unless `DEBUG_TOKEN` is set and given as bearer token or `?token=`.
         */
        get: operations["listActors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/debug/actors/{document_id}/events.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What one actor did lately, for Stately's tools
         * @description Inspection events as XState 5 makes them, in the form of `@statelyai/inspect`: oldest first. Events are recorded while somebody watches the actor
         *     (`/debug/actors`); where nobody does, only the actor and its state are there. Types, sizes, ids and codes, never what a message says. From
         *     loopback only, unless `DEBUG_TOKEN` is set and given as bearer token or `?token=`.
         */
        get: operations["exportActorEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.yaml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This contract */
        get: operations["getOpenapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/asyncapi.yaml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The contract of the WebSockets */
        get: operations["getAsyncapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Problem: {
            /**
             * Format: uri-reference
             * @description Where the code is explained: `/docs/errors#not_found`.
             */
            type: string;
            title: string;
            status: number;
            /** @description A row of docs/ERRORS.md. */
            code: string;
            detail?: string;
            request_id?: string;
            /** @description With a version conflict. */
            current_version?: number;
            /**
             * @description With a refused token.
             * @enum {string}
             */
            reason?: "missing" | "expired" | "invalid";
            errors?: {
                /** @description Where, such as `/body/geometry/width`. */
                path: string;
                message: string;
            }[];
        };
        UserId: string;
        /**
         * Format: date-time
         * @description UTC with milliseconds.
         */
        Timestamp: string;
        EntityVersion: number;
        Seq: number;
        /** @description 1 to 64 characters, no control characters, no white space at either end. */
        Tag: string;
        /** @description Public `http(s)` address, `data:image/png` or `data:image/jpeg` in base64 (the body as a whole is at most 30 MB), or the document's own `/v1/rooms/{id}/image`. */
        ImageUrl: string;
        Document: {
            /** Format: uuid */
            id: string;
            name: string;
            image_url: components["schemas"]["ImageUrl"] | null;
            /** @description Pixels, once the image is known. */
            width?: number;
            height?: number;
            version: components["schemas"]["EntityVersion"];
            /** @enum {string} */
            status: "active" | "deleted";
            created_at: components["schemas"]["Timestamp"];
            updated_at: components["schemas"]["Timestamp"];
            created_by: string;
            updated_by: string;
        };
        DocumentCreate: {
            name: string;
            image_url?: components["schemas"]["ImageUrl"] | null;
            created_by?: components["schemas"]["UserId"];
        };
        DocumentPatch: {
            name?: string;
            image_url?: components["schemas"]["ImageUrl"] | null;
            version?: components["schemas"]["EntityVersion"];
            updated_by?: components["schemas"]["UserId"];
        };
        DocumentPage: {
            items: components["schemas"]["Document"][];
            page: number;
            size: number;
            total: number;
        };
        Coordinate: number;
        Length: number;
        /** @description Degrees, clockwise, about the centre. */
        Rotation: number;
        Point: components["schemas"]["Coordinate"][];
        BoxGeometry: {
            x: components["schemas"]["Coordinate"];
            y: components["schemas"]["Coordinate"];
            width: components["schemas"]["Length"];
            height: components["schemas"]["Length"];
            rotation?: components["schemas"]["Rotation"];
        };
        TextGeometry: {
            x: components["schemas"]["Coordinate"];
            y: components["schemas"]["Coordinate"];
            width?: components["schemas"]["Length"];
            height?: components["schemas"]["Length"];
            rotation?: components["schemas"]["Rotation"];
        };
        LineGeometry: {
            points: components["schemas"]["Point"][];
        };
        /** @description Accepted, and stored as `points`. */
        SegmentGeometry: {
            x1: components["schemas"]["Coordinate"];
            y1: components["schemas"]["Coordinate"];
            x2: components["schemas"]["Coordinate"];
            y2: components["schemas"]["Coordinate"];
        };
        PolygonGeometry: {
            points: components["schemas"]["Point"][];
        };
        FreehandGeometry: {
            points: [
                components["schemas"]["Coordinate"],
                components["schemas"]["Coordinate"],
                number
            ][];
        };
        PinGeometry: {
            x: components["schemas"]["Coordinate"];
            y: components["schemas"]["Coordinate"];
        };
        /** @description Where `parent_id` anchors the comment. */
        NoGeometry: Record<string, never>;
        /** @description Depends on the annotation's type. Of a comment: its place. Where `parent_id` names an annotation that is no comment, that is its anchor: the comment stands at the anchor's top left corner or first point (turned with it about its centre), and `geometry` is where it was put when it was made. When its anchor is deleted it stays, `orphaned`, and `geometry` is where the anchor stood last; a new `geometry` then takes it off its anchor (`parent_id` becomes null). A comment with `{}` stands with its parent and goes with it, as a reply to a comment always does. */
        Geometry: components["schemas"]["TextGeometry"] | components["schemas"]["LineGeometry"] | components["schemas"]["SegmentGeometry"] | components["schemas"]["FreehandGeometry"] | components["schemas"]["NoGeometry"];
        /**
         * @description CSS colour (hex, rgb(), hsl(), a name, transparent) or `none`.
         * @example #e03131
         * @example rgb(224 49 49 / 50%)
         * @example none
         */
        Color: string;
        /** @description Known keys are checked; others are kept and mean nothing to the server. */
        AnnotationStyle: {
            stroke?: components["schemas"]["Color"];
            fill?: components["schemas"]["Color"];
            color?: components["schemas"]["Color"];
            stroke_width?: number;
            opacity?: number;
            dash?: number[];
            /** @enum {string} */
            line_cap?: "butt" | "round" | "square";
            /** @enum {string} */
            line_join?: "miter" | "round" | "bevel";
            font_family?: string;
            font_size?: number;
            font_weight?: number | ("normal" | "bold");
            /** @enum {string} */
            font_style?: "normal" | "italic" | "oblique";
            /** @enum {string} */
            text_align?: "left" | "center" | "right";
            line_height?: number;
            z_index?: number;
        };
        /** @description As AnnotationStyle; `null` removes a key. */
        AnnotationStylePatch: {
            stroke?: components["schemas"]["Color"] | null;
            fill?: components["schemas"]["Color"] | null;
            color?: components["schemas"]["Color"] | null;
            stroke_width?: number | null;
            opacity?: number | null;
            dash?: number[] | null;
            /** @enum {string|null} */
            line_cap?: "butt" | "round" | "square" | null;
            /** @enum {string|null} */
            line_join?: "miter" | "round" | "bevel" | null;
            font_family?: string | null;
            font_size?: number | null;
            font_weight?: number | ("normal" | "bold") | null;
            /** @enum {string|null} */
            font_style?: "normal" | "italic" | "oblique" | null;
            /** @enum {string|null} */
            text_align?: "left" | "center" | "right" | null;
            line_height?: number | null;
            z_index?: number | null;
        };
        /** @enum {string} */
        AnnotationType: "text" | "box" | "ellipse" | "arrow" | "line" | "polygon" | "freehand" | "comment";
        Content: string;
        GroupId: string | null;
        /**
         * Format: uuid
         * @description What the annotation replies to, or is about. It is deleted with it, unless it is a comment with a place of its own on something that is no comment.
         */
        ParentId: string | null;
        Annotation: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            document_id: string;
            type: components["schemas"]["AnnotationType"];
            geometry: components["schemas"]["Geometry"];
            style: components["schemas"]["AnnotationStyle"];
            content: components["schemas"]["Content"];
            parent_id: components["schemas"]["ParentId"];
            group_id: components["schemas"]["GroupId"];
            /** @description Comments only. */
            resolved?: boolean;
            /** @description There, and true, only on a comment that stays behind while its anchor is gone. */
            orphaned?: boolean;
            version: components["schemas"]["EntityVersion"];
            /** @enum {string} */
            status: "active" | "deleted";
            created_at: components["schemas"]["Timestamp"];
            updated_at: components["schemas"]["Timestamp"];
            created_by: string;
            updated_by: string;
        };
        AnnotationCreate: components["schemas"]["TextCreate"] | components["schemas"]["BoxCreate"] | components["schemas"]["EllipseCreate"] | components["schemas"]["ArrowCreate"] | components["schemas"]["LineCreate"] | components["schemas"]["PolygonCreate"] | components["schemas"]["FreehandCreate"] | components["schemas"]["CommentCreate"];
        TextCreate: {
            /** Format: uuid */
            document_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "text";
            geometry: components["schemas"]["TextGeometry"];
            style?: components["schemas"]["AnnotationStyle"];
            content?: components["schemas"]["Content"];
            parent_id?: components["schemas"]["ParentId"];
            group_id?: components["schemas"]["GroupId"];
            created_by?: components["schemas"]["UserId"];
        };
        BoxCreate: {
            /** Format: uuid */
            document_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "box";
            geometry: components["schemas"]["BoxGeometry"];
            style?: components["schemas"]["AnnotationStyle"];
            content?: components["schemas"]["Content"];
            parent_id?: components["schemas"]["ParentId"];
            group_id?: components["schemas"]["GroupId"];
            created_by?: components["schemas"]["UserId"];
        };
        EllipseCreate: {
            /** Format: uuid */
            document_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "ellipse";
            geometry: components["schemas"]["BoxGeometry"];
            style?: components["schemas"]["AnnotationStyle"];
            content?: components["schemas"]["Content"];
            parent_id?: components["schemas"]["ParentId"];
            group_id?: components["schemas"]["GroupId"];
            created_by?: components["schemas"]["UserId"];
        };
        ArrowCreate: {
            /** Format: uuid */
            document_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "arrow";
            geometry: components["schemas"]["LineGeometry"] | components["schemas"]["SegmentGeometry"];
            style?: components["schemas"]["AnnotationStyle"];
            content?: components["schemas"]["Content"];
            parent_id?: components["schemas"]["ParentId"];
            group_id?: components["schemas"]["GroupId"];
            created_by?: components["schemas"]["UserId"];
        };
        LineCreate: {
            /** Format: uuid */
            document_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "line";
            geometry: components["schemas"]["LineGeometry"] | components["schemas"]["SegmentGeometry"];
            style?: components["schemas"]["AnnotationStyle"];
            content?: components["schemas"]["Content"];
            parent_id?: components["schemas"]["ParentId"];
            group_id?: components["schemas"]["GroupId"];
            created_by?: components["schemas"]["UserId"];
        };
        PolygonCreate: {
            /** Format: uuid */
            document_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "polygon";
            geometry: components["schemas"]["PolygonGeometry"];
            style?: components["schemas"]["AnnotationStyle"];
            content?: components["schemas"]["Content"];
            parent_id?: components["schemas"]["ParentId"];
            group_id?: components["schemas"]["GroupId"];
            created_by?: components["schemas"]["UserId"];
        };
        FreehandCreate: {
            /** Format: uuid */
            document_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "freehand";
            geometry: components["schemas"]["FreehandGeometry"];
            style?: components["schemas"]["AnnotationStyle"];
            content?: components["schemas"]["Content"];
            parent_id?: components["schemas"]["ParentId"];
            group_id?: components["schemas"]["GroupId"];
            created_by?: components["schemas"]["UserId"];
        };
        CommentCreate: {
            /** Format: uuid */
            document_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "comment";
            geometry?: components["schemas"]["PinGeometry"] | components["schemas"]["NoGeometry"];
            style?: components["schemas"]["AnnotationStyle"];
            content?: components["schemas"]["Content"];
            parent_id?: components["schemas"]["ParentId"];
            group_id?: components["schemas"]["GroupId"];
            /** @default false */
            resolved?: boolean;
            created_by?: components["schemas"]["UserId"];
        };
        AnnotationPatch: {
            /** @description Must be the type that it has. */
            type?: components["schemas"]["AnnotationType"];
            geometry?: components["schemas"]["Geometry"];
            style?: components["schemas"]["AnnotationStylePatch"];
            content?: components["schemas"]["Content"];
            parent_id?: components["schemas"]["ParentId"];
            group_id?: components["schemas"]["GroupId"];
            /** @description Comments only. */
            resolved?: boolean;
            version?: components["schemas"]["EntityVersion"];
            updated_by?: components["schemas"]["UserId"];
        };
        AnnotationPage: {
            items: components["schemas"]["Annotation"][];
            page: number;
            size: number;
            total: number;
        };
        Version: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            document_id: string;
            /** @description 1, 2, 3, ... in its document. */
            number: number;
            /** @description The last event that it captures. */
            seq: components["schemas"]["Seq"];
            tag?: components["schemas"]["Tag"];
            change_summary: string;
            created_at: components["schemas"]["Timestamp"];
            created_by: string;
        };
        VersionCreate: {
            /** Format: uuid */
            document_id: string;
            /** @default  */
            change_summary?: string;
            /** @description Unique in its document. */
            tag?: components["schemas"]["Tag"];
            created_by?: components["schemas"]["UserId"];
        };
        VersionDetail: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            document_id: string;
            number: number;
            seq: components["schemas"]["Seq"];
            tag?: components["schemas"]["Tag"];
            change_summary: string;
            created_at: components["schemas"]["Timestamp"];
            created_by: string;
            snapshot: {
                document: components["schemas"]["Document"];
                annotations: components["schemas"]["Annotation"][];
            };
        };
        VersionRevert: {
            /** @description The document's version that is to be changed. */
            version?: components["schemas"]["EntityVersion"];
            updated_by?: components["schemas"]["UserId"];
        };
        VersionPage: {
            items: components["schemas"]["Version"][];
            page: number;
            size: number;
            total: number;
        };
        /** @enum {string} */
        ExportFormat: "png" | "jpg";
        /** @enum {string} */
        ExportBackground: "white" | "transparent";
        ExportJob: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            document_id: string;
            /** @enum {string} */
            status: "queued" | "processing" | "completed" | "failed";
            format: components["schemas"]["ExportFormat"];
            /** @description What is rendered. */
            seq: components["schemas"]["Seq"];
            scale: number;
            background: components["schemas"]["ExportBackground"];
            include_comments: boolean;
            dpi?: number;
            progress: number;
            /** Format: uri-reference */
            result_url: string | null;
            /** @enum {string} */
            mime?: "image/png" | "image/jpeg";
            /** @description Bytes. */
            size?: number;
            error?: {
                /** @description A row of docs/ERRORS.md. */
                code: string;
                message: string;
            };
            created_at: components["schemas"]["Timestamp"];
            created_by: string;
            completed_at: components["schemas"]["Timestamp"] | null;
        };
        ExportCreate: {
            /** Format: uuid */
            document_id: string;
            format: components["schemas"]["ExportFormat"];
            seq?: number;
            tag?: components["schemas"]["Tag"];
            /** Format: uuid */
            version_id?: string;
            scale?: number;
            background?: components["schemas"]["ExportBackground"];
            /** @default false */
            include_comments?: boolean;
            /** @description Written into the file; without `scale` it also means scale = dpi / 96. */
            dpi?: number;
            created_by?: components["schemas"]["UserId"];
        };
        ExportJobPage: {
            items: components["schemas"]["ExportJob"][];
            page: number;
            size: number;
            total: number;
        };
        RoomName: string;
        /** @description `seq`, `snapshotSeq` and `connectedClients` are those of this moment. */
        Room: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @enum {string} */
            status: "active" | "deleted";
            /** @description Of the last event. */
            seq: components["schemas"]["Seq"];
            /** @description Of the newest snapshot; 0: there is none. */
            snapshotSeq: components["schemas"]["Seq"];
            /** @description Pixels; null until the server has fetched the image. */
            width: number | null;
            height: number | null;
            hasImage: boolean;
            /** @description Sockets at any door. */
            connectedClients: number;
            createdAt: components["schemas"]["Timestamp"];
            /** @description Of the last change of its name, image or status. */
            updatedAt: components["schemas"]["Timestamp"];
        };
        RoomPage: {
            items: components["schemas"]["Room"][];
            page: number;
            size: number;
            total: number;
        };
        RoomCreate: {
            /** @default Untitled room */
            name?: components["schemas"]["RoomName"];
            imageUrl?: components["schemas"]["ImageUrl"] | null;
            /** @description Of the page, where there is no image. Default 1280. */
            width?: number;
            /** @description Default 720. */
            height?: number;
        };
        RoomPatch: {
            name?: components["schemas"]["RoomName"];
            /** @description `null` takes the image away. */
            imageUrl?: components["schemas"]["ImageUrl"] | null;
        };
        RoomSeq: {
            seq: components["schemas"]["Seq"];
        };
        RoomVersion: {
            /** @description `null` where it was made without one, at `/v1/versions`. */
            tag: components["schemas"]["Tag"] | null;
            /** @description The last event that it captures. */
            seq: components["schemas"]["Seq"];
            /** Format: uuid */
            id: string;
            createdAt: components["schemas"]["Timestamp"];
            createdBy: string;
        };
        RoomVersionCreate: {
            /** @description Unique in its room. */
            tag: components["schemas"]["Tag"];
            seq?: number;
        };
        CommentPoint: {
            x: components["schemas"]["Coordinate"];
            y: components["schemas"]["Coordinate"];
        };
        CommentOnAnnotation: {
            /** Format: uuid */
            annotationId: string;
        };
        CommentAnchor: components["schemas"]["CommentOnAnnotation"] | components["schemas"]["CommentPoint"];
        CommentBody: string;
        /** @enum {string} */
        CommentStatus: "open" | "resolved";
        RoomComment: {
            /** Format: uuid */
            id: string;
            /** @description A reply has that of its thread's first comment. */
            anchor: components["schemas"]["CommentAnchor"];
            /** @description Where it is now: a comment follows the annotation that it is on, and stays where that was when it is deleted. */
            position: components["schemas"]["CommentPoint"];
            /** @description There, and true, where the annotation that it is on is deleted. */
            orphaned?: boolean;
            body: string;
            author: string;
            /**
             * Format: uuid
             * @description The comment that this one replies to.
             */
            parentId?: string;
            /**
             * @description `deleted` in the answer of DELETE, and with `includeDeleted`.
             * @enum {string}
             */
            status: "open" | "resolved" | "deleted";
            version: components["schemas"]["EntityVersion"];
            createdAt: components["schemas"]["Timestamp"];
            updatedAt: components["schemas"]["Timestamp"];
        };
        RoomCommentCreate: {
            anchor?: components["schemas"]["CommentAnchor"];
            /** Format: uuid */
            parentId?: string;
            body: components["schemas"]["CommentBody"];
            author?: components["schemas"]["UserId"];
        };
        RoomCommentPatch: {
            status?: components["schemas"]["CommentStatus"];
            body?: components["schemas"]["CommentBody"];
            version?: components["schemas"]["EntityVersion"];
        };
        RoomExportCreate: {
            format: components["schemas"]["ExportFormat"];
            seq?: number;
            tag?: components["schemas"]["Tag"];
            scale?: number;
            background?: components["schemas"]["ExportBackground"];
            /** @default false */
            includeComments?: boolean;
            /** @description Written into the file; without `scale` it also means scale = dpi / 96. */
            dpi?: number;
        };
        RoomExport: {
            /**
             * Format: uuid
             * @description Of the job at `/v1/exports`.
             */
            jobId: string;
        };
        RoomEvent: {
            seq: components["schemas"]["Seq"];
            ts: components["schemas"]["Timestamp"];
            user: string;
            /** @description What happened, such as `annotations.edited`. */
            kind: string;
            /** @description Bytes in the log. */
            size: number;
            operationId?: string;
        };
        RoomEvents: {
            items: components["schemas"]["RoomEvent"][];
            /** @description The oldest event that is kept. */
            firstSeq: components["schemas"]["Seq"];
            /** @description The last event of the room. */
            seq: components["schemas"]["Seq"];
        };
        TextTitle: string;
        /**
         * @description `opaque`: any CRDT; its bytes are only kept and relayed, and clients are asked for snapshots. `yjs`: Yjs v1 updates, checked and
         *     compacted by the server.
         * @enum {string}
         */
        TextCrdt: "opaque" | "yjs";
        TextDocument: {
            /** Format: uuid */
            id: string;
            title: components["schemas"]["TextTitle"];
            owner_id: string | null;
            crdt: components["schemas"]["TextCrdt"];
            created_at: components["schemas"]["Timestamp"];
            /** @description The last change; edits of the text are noted every ten seconds. */
            updated_at: components["schemas"]["Timestamp"];
            deleted_at: components["schemas"]["Timestamp"] | null;
            /** @description Sockets at any door, at this moment; in lists only. */
            connected_clients?: number;
        };
        TextDocumentCreate: {
            title: components["schemas"]["TextTitle"];
            /** @description Default is who acts, where the request names somebody. */
            owner_id?: components["schemas"]["UserId"] | null;
            /** @default opaque */
            crdt?: components["schemas"]["TextCrdt"];
        };
        TextDocumentPatch: {
            title?: components["schemas"]["TextTitle"];
            deleted?: boolean;
        };
        TextDocumentPage: {
            items: components["schemas"]["TextDocument"][];
            page: number;
            page_size: number;
            total: number;
        };
        Health: {
            /** @enum {string} */
            status: "ok";
        };
        Readiness: {
            /** @enum {string} */
            status: "ready";
            /** @description Its kind, such as `memory`. */
            store: string;
        };
        /** @description By name. */
        Metrics: {
            connected_clients: number;
            /** @description Annotation documents in memory. */
            rooms_active: number;
            ops_broadcast_per_sec: number;
            export_jobs_pending: number;
            /** @description Mean of the finished exports. */
            export_time_ms: number;
        } & {
            [key: string]: number;
        };
        ActorList: {
            actors: {
                id: string;
                kind: string;
                state: string;
                seq: components["schemas"]["Seq"];
                /** @description Messages that wait. */
                mailbox: number;
                /** @description Events that are not yet durable. */
                pending: number;
                /** @description Requests without an answer yet. */
                asks: number;
                subscribers: number;
                last_used: components["schemas"]["Timestamp"];
                /** @description In the present window. */
                crashes: number;
            }[];
        };
        ActorEvents: {
            /** @enum {string} */
            type: "@xstate.actor" | "@xstate.event" | "@xstate.snapshot";
            /** @description XState's id of the root actor. */
            rootId: string;
            /** @description Of the actor that this is about. */
            sessionId: string;
            /** @description Milliseconds since 1970, as text. */
            createdAt: string;
            id: string;
            /** @description Of the protocol of Stately's inspector. */
            _version: string;
            name?: string;
            /** @description The machine, as JSON. */
            definition?: string;
            parentId?: string;
            /** @description Who sent it: a door, the store, or the root. */
            sourceId?: string;
            event?: {
                type: string;
            } & {
                [key: string]: unknown;
            };
            snapshot?: {
                /** @enum {string} */
                status: "active" | "done" | "error";
                /** @description The state of the chart. */
                value?: string;
                context?: {
                    [key: string]: unknown;
                };
                error?: string;
            };
        }[];
        /** @description What others see; not unique. 1 to 64 characters, no control characters, no white space at either end. */
        SessionName: string;
        /** @enum {string} */
        SessionRole: "painter" | "moderator";
        SessionCreate: {
            /** @description Default: as before, or one is made up. */
            name?: components["schemas"]["SessionName"];
            moderatorKey?: string;
        };
        Session: {
            /** @description To be sent as `Authorization: Bearer`, or as `?token=` of a socket. */
            token: string;
            /** Format: uuid */
            userId: string;
            name: components["schemas"]["SessionName"];
            role: components["schemas"]["SessionRole"];
            expiresAt: components["schemas"]["Timestamp"];
        };
        CanvasColor: string;
        /** @description Of a colour of the palette. */
        CanvasColorIndex: number;
        /** @description No colour twice. */
        CanvasPalette: components["schemas"]["CanvasColor"][];
        CanvasName: string;
        /** @description Stands for the id in addresses. Small letters, digits and inner hyphens; no UUID. */
        CanvasSlug: string;
        CanvasSide: number;
        PaintRate: {
            /** @description For long. */
            pixelsPerSecond: number;
            /** @description At once. */
            burst: number;
        };
        CanvasRateLimits: {
            perUser: components["schemas"]["PaintRate"];
            perAddress: components["schemas"]["PaintRate"];
            connectionsPerAddress: number;
        };
        /** @enum {string} */
        CanvasStatus: "active" | "archived";
        /** @description For the audit log. */
        CanvasReason: string;
        Canvas: {
            /** Format: uuid */
            id: string;
            name: components["schemas"]["CanvasName"];
            slug: components["schemas"]["CanvasSlug"] | null;
            width: components["schemas"]["CanvasSide"];
            height: components["schemas"]["CanvasSide"];
            palette: components["schemas"]["CanvasPalette"];
            background: components["schemas"]["CanvasColorIndex"];
            rateLimits: components["schemas"]["CanvasRateLimits"];
            status: components["schemas"]["CanvasStatus"];
            createdAt: components["schemas"]["Timestamp"];
            updatedAt: components["schemas"]["Timestamp"];
            createdBy: components["schemas"]["UserId"];
        };
        CanvasPage: {
            items: components["schemas"]["Canvas"][];
            page: number;
            size: number;
            total: number;
        };
        CanvasCreate: {
            name: components["schemas"]["CanvasName"];
            slug?: components["schemas"]["CanvasSlug"];
            width: components["schemas"]["CanvasSide"];
            height: components["schemas"]["CanvasSide"];
            /** @description Default has 32 colours. */
            palette?: components["schemas"]["CanvasPalette"];
            /** @description Default 0. */
            background?: components["schemas"]["CanvasColorIndex"];
            rateLimits?: components["schemas"]["CanvasRateLimits"];
            reason?: components["schemas"]["CanvasReason"];
        };
        CanvasPatch: {
            name?: components["schemas"]["CanvasName"];
            palette?: components["schemas"]["CanvasPalette"];
            rateLimits?: components["schemas"]["CanvasRateLimits"];
            status?: components["schemas"]["CanvasStatus"];
            reason?: components["schemas"]["CanvasReason"];
        };
        CanvasPaletteInfo: {
            palette: components["schemas"]["CanvasPalette"];
            background: components["schemas"]["CanvasColorIndex"];
        };
        CanvasPixel: {
            x: number;
            y: number;
            color: components["schemas"]["CanvasColorIndex"];
            /** @description Null, as what follows, where nobody painted. */
            userId: string | null;
            name: string | null;
            paintedAt: components["schemas"]["Timestamp"] | null;
            seq: components["schemas"]["Seq"] | null;
            /** @description Newest first. */
            history: components["schemas"]["CanvasPixelChange"][];
            /** @description Nothing older is in the log. */
            complete: boolean;
            /** @description The oldest event that was looked at. */
            scannedTo: components["schemas"]["Seq"];
        };
        CanvasPixelChange: {
            seq: components["schemas"]["Seq"];
            at: components["schemas"]["Timestamp"];
            userId: string;
            /** @enum {string} */
            kind: "painted" | "rewound";
            color: components["schemas"]["CanvasColorIndex"];
        };
        /** @description Has to lie in the canvas, whole. */
        CanvasRegion: {
            x: number;
            y: number;
            width: components["schemas"]["CanvasSide"];
            height: components["schemas"]["CanvasSide"];
        };
        CanvasLock: {
            /** Format: uuid */
            id: string;
            x: number;
            y: number;
            width: number;
            height: number;
            reason: string;
            createdBy: components["schemas"]["UserId"];
            createdAt: components["schemas"]["Timestamp"];
        };
        CanvasLockPage: {
            items: components["schemas"]["CanvasLock"][];
            page: number;
            size: number;
            total: number;
        };
        CanvasLockCreate: {
            x: number;
            y: number;
            width: components["schemas"]["CanvasSide"];
            height: components["schemas"]["CanvasSide"];
            reason?: components["schemas"]["CanvasReason"];
        };
        /** @description Exactly one of `seq` and `at`. */
        CanvasRewind: {
            /** @description Back to what was after this event. */
            seq?: number;
            /** @description Back to what was then, UTC. */
            at?: components["schemas"]["Timestamp"];
            region?: components["schemas"]["CanvasRegion"];
            /** @description Only this one's painting since then. */
            userId?: components["schemas"]["UserId"];
            reason?: components["schemas"]["CanvasReason"];
        };
        CanvasRewound: {
            /** @description Of the event; of the canvas, where nothing was put back. */
            seq: components["schemas"]["Seq"];
            /** @description How many were put back. */
            pixels: number;
        };
        /** @enum {string} */
        CanvasAuditAction: "create" | "update" | "palette" | "limits" | "archive" | "lock" | "unlock" | "rewind";
        CanvasAuditEntry: {
            /** Format: uuid */
            id: string;
            seq: components["schemas"]["Seq"];
            at: components["schemas"]["Timestamp"];
            action: components["schemas"]["CanvasAuditAction"];
            userId: string;
            name: string;
            reason?: string;
            /** @description What the action was about. */
            details: {
                [key: string]: unknown;
            };
        };
        CanvasAuditPage: {
            items: components["schemas"]["CanvasAuditEntry"][];
            page: number;
            size: number;
            total: number;
        };
        CanvasEvent: {
            seq: components["schemas"]["Seq"];
            at: components["schemas"]["Timestamp"];
            userId: string;
            /** @enum {string} */
            kind: "canvas.created" | "canvas.updated" | "painted" | "locked" | "unlocked" | "rewound";
            /** @description Of `painted` and `rewound`: `[x, y, color]` each. */
            pixels?: number[][];
            /**
             * @description In place of `pixels`, where it is asked for or there are more than 100,000: base64 of 4 bytes a pixel, 24 bits of index
             *     (`y * width + x`, big-endian), 8 bits of colour.
             */
            packed?: string;
        };
        CanvasHistory: {
            items: components["schemas"]["CanvasEvent"][];
            /** @description `from` of the next answer; null where this one goes up to `to`. */
            next: components["schemas"]["Seq"] | null;
            /** @description The last event of the canvas. */
            seq: components["schemas"]["Seq"];
        };
        CanvasStats: {
            /** @description Who ever painted. */
            painters: number;
            /** @description Pixels that somebody painted, each as often as it was. */
            painted: number;
            /** @description Pixels that somebody painted at least once. */
            covered: number;
            rejected: components["schemas"]["CanvasRejected"];
            /** @description Open sockets. */
            online: number;
        };
        /** @description Messages that were refused since the server started. */
        CanvasRejected: {
            locked: number;
            rate_limited: number;
            out_of_bounds: number;
            bad_color: number;
            read_only: number;
        };
    };
    responses: {
        /** @description The ETag still holds. */
        NotModified: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The request cannot be parsed. */
        Malformed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request cannot be parsed, or it breaks the contract; `errors` names each field. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A token is needed. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not allowed from here. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such thing, or it is deleted. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A session is needed, and its token is missing, expired or not ours: `reason` says which. */
        NoSession: {
            headers: {
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The caller is no moderator, or gave a wrong moderator key. */
        NotModerator: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Another canvas has the slug. */
        SlugTaken: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many attempts; `Retry-After` says when to try again. */
        RateLimited: {
            headers: {
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Made against an old version (`current_version` tells the present one), or a tag that is taken. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description That state is no longer kept. */
        Gone: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is too large. */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The operation does not take this Content-Type or Content-Encoding. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Well formed, but it breaks the contract; `errors` names each field. */
        Invalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body stalled; the connection is closed. */
        Timeout: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The image at the document's address could not be fetched. */
        BadGateway: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A defect of the server; quote `X-Request-Id`. */
        Internal: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Overloaded, stopping, or the store does not answer; `Retry-After` says when to try again. */
        Unavailable: {
            headers: {
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description UUIDv4. What is no UUID is unknown (404). */
        Id: string;
        /** @description UUIDv4, or the slug of a canvas. What is neither is unknown (404). */
        CanvasId: string;
        /** @description A room is a document; this is its id. */
        RoomId: string;
        CommentId: string;
        Page: number;
        Size: number;
        PageSize: number;
        IncludeDeleted: boolean;
        /** @description Also what is deleted, and what is in a deleted room. */
        RoomIncludeDeleted: boolean;
        /** @description Only of this document; an unknown or deleted one gives an empty list. */
        DocumentFilter: string;
        /** @description Who acts, where the body does not say so; else `anonymous`. */
        UserId: components["schemas"]["UserId"];
        /** @description The same key on the same document gives the first answer again and changes nothing, also where the body, or the thing within the document that is to be changed, is another; with another operation it is refused. Take a new random key for each change. */
        IdempotencyKey: string;
        /** @description The version that is to be changed, as its ETag (`"7"`); `*` for any. */
        IfMatch: string;
        IfNoneMatch: string;
    };
    requestBodies: never;
    headers: {
        /** @description The last event that is in the answer. */
        CanvasSeq: number;
        /** @description Where the new entity is. */
        Location: string;
        /** @description The entity's version, or a hash of a file. */
        ETag: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listDocuments: {
        parameters: {
            query?: {
                page?: components["parameters"]["Page"];
                size?: components["parameters"]["Size"];
                include_deleted?: components["parameters"]["IncludeDeleted"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of documents, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentPage"];
                };
            };
            400: components["responses"]["Malformed"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createDocument: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who acts, where the body does not say so; else `anonymous`. */
                "X-User-Id"?: components["parameters"]["UserId"];
                /** @description The same key on the same document gives the first answer again and changes nothing, also where the body, or the thing within the document that is to be changed, is another; with another operation it is refused. Take a new random key for each change. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DocumentCreate"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            400: components["responses"]["Malformed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDocument: {
        parameters: {
            query?: {
                include_deleted?: components["parameters"]["IncludeDeleted"];
            };
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description UUIDv4. What is no UUID is unknown (404). */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteDocument: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who acts, where the body does not say so; else `anonymous`. */
                "X-User-Id"?: components["parameters"]["UserId"];
                /** @description The version that is to be changed, as its ETag (`"7"`); `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description The same key on the same document gives the first answer again and changes nothing, also where the body, or the thing within the document that is to be changed, is another; with another operation it is refused. Take a new random key for each change. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description UUIDv4. What is no UUID is unknown (404). */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document, `status: "deleted"`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateDocument: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who acts, where the body does not say so; else `anonymous`. */
                "X-User-Id"?: components["parameters"]["UserId"];
                /** @description The version that is to be changed, as its ETag (`"7"`); `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description The same key on the same document gives the first answer again and changes nothing, also where the body, or the thing within the document that is to be changed, is another; with another operation it is refused. Take a new random key for each change. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description UUIDv4. What is no UUID is unknown (404). */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DocumentPatch"];
            };
        };
        responses: {
            /** @description The changed document. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDocumentPreview: {
        parameters: {
            query?: {
                /** @description A side of the picture is `round(side × scale)`, at least 1. */
                scale?: number;
                seq?: number;
                tag?: components["schemas"]["Tag"];
            };
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description UUIDv4. What is no UUID is unknown (404). */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "image/png": unknown;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Gone"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    listRooms: {
        parameters: {
            query?: {
                page?: components["parameters"]["Page"];
                size?: components["parameters"]["Size"];
                /** @description Also what is deleted, and what is in a deleted room. */
                includeDeleted?: components["parameters"]["RoomIncludeDeleted"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of rooms, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomPage"];
                };
            };
            400: components["responses"]["Malformed"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createRoom: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who acts, where the body does not say so; else `anonymous`. */
                "X-User-Id"?: components["parameters"]["UserId"];
                /** @description The same key on the same document gives the first answer again and changes nothing, also where the body, or the thing within the document that is to be changed, is another; with another operation it is refused. Take a new random key for each change. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RoomCreate"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Room"];
                };
            };
            400: components["responses"]["Malformed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRoom: {
        parameters: {
            query?: {
                /** @description Also what is deleted, and what is in a deleted room. */
                includeDeleted?: components["parameters"]["RoomIncludeDeleted"];
            };
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description A room is a document; this is its id. */
                roomId: components["parameters"]["RoomId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The room. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Room"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteRoom: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who acts, where the body does not say so; else `anonymous`. */
                "X-User-Id"?: components["parameters"]["UserId"];
                /** @description The same key on the same document gives the first answer again and changes nothing, also where the body, or the thing within the document that is to be changed, is another; with another operation it is refused. Take a new random key for each change. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description A room is a document; this is its id. */
                roomId: components["parameters"]["RoomId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The room, `status: "deleted"`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Room"];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateRoom: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who acts, where the body does not say so; else `anonymous`. */
                "X-User-Id"?: components["parameters"]["UserId"];
                /** @description The same key on the same document gives the first answer again and changes nothing, also where the body, or the thing within the document that is to be changed, is another; with another operation it is refused. Take a new random key for each change. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description A room is a document; this is its id. */
                roomId: components["parameters"]["RoomId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoomPatch"];
            };
        };
        responses: {
            /** @description The changed room. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Room"];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRoomImage: {
        parameters: {
            query?: never;
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description A room is a document; this is its id. */
                roomId: components["parameters"]["RoomId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The image, byte for byte. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "image/png": unknown;
                    "image/jpeg": unknown;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    uploadRoomImage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who acts, where the body does not say so; else `anonymous`. */
                "X-User-Id"?: components["parameters"]["UserId"];
                /** @description The same key on the same document gives the first answer again and changes nothing, also where the body, or the thing within the document that is to be changed, is another; with another operation it is refused. Take a new random key for each change. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description A room is a document; this is its id. */
                roomId: components["parameters"]["RoomId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    image: string;
                };
                "image/png": string;
                "image/jpeg": string;
            };
        };
        responses: {
            /** @description The room with its image; `GET` of this path has it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Room"];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["Timeout"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createRoomSnapshot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A room is a document; this is its id. */
                roomId: components["parameters"]["RoomId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stored. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomSeq"];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listRoomVersions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A room is a document; this is its id. */
                roomId: components["parameters"]["RoomId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomVersion"][];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createRoomVersion: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who acts, where the body does not say so; else `anonymous`. */
                "X-User-Id"?: components["parameters"]["UserId"];
                /** @description The same key on the same document gives the first answer again and changes nothing, also where the body, or the thing within the document that is to be changed, is another; with another operation it is refused. Take a new random key for each change. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description A room is a document; this is its id. */
                roomId: components["parameters"]["RoomId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoomVersionCreate"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomVersion"];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    revertRoom: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who acts, where the body does not say so; else `anonymous`. */
                "X-User-Id"?: components["parameters"]["UserId"];
                /** @description The same key on the same document gives the first answer again and changes nothing, also where the body, or the thing within the document that is to be changed, is another; with another operation it is refused. Take a new random key for each change. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description A room is a document; this is its id. */
                roomId: components["parameters"]["RoomId"];
                /** @description Percent-encoded. What is not the tag of a version is unknown (404). */
                tag: components["schemas"]["Tag"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The new head. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomSeq"];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listRoomComments: {
        parameters: {
            query?: {
                /** @description Only those with this status of their own; a reply has one, too, and a deleted one neither. */
                status?: "open" | "resolved";
                /** @description Also what is deleted, and what is in a deleted room. */
                includeDeleted?: components["parameters"]["RoomIncludeDeleted"];
            };
            header?: never;
            path: {
                /** @description A room is a document; this is its id. */
                roomId: components["parameters"]["RoomId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them with their replies, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomComment"][];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createRoomComment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who acts, where the body does not say so; else `anonymous`. */
                "X-User-Id"?: components["parameters"]["UserId"];
                /** @description The same key on the same document gives the first answer again and changes nothing, also where the body, or the thing within the document that is to be changed, is another; with another operation it is refused. Take a new random key for each change. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description A room is a document; this is its id. */
                roomId: components["parameters"]["RoomId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoomCommentCreate"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomComment"];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRoomComment: {
        parameters: {
            query?: {
                /** @description Also what is deleted, and what is in a deleted room. */
                includeDeleted?: components["parameters"]["RoomIncludeDeleted"];
            };
            header?: never;
            path: {
                /** @description A room is a document; this is its id. */
                roomId: components["parameters"]["RoomId"];
                commentId: components["parameters"]["CommentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The comment. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomComment"];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteRoomComment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who acts, where the body does not say so; else `anonymous`. */
                "X-User-Id"?: components["parameters"]["UserId"];
                /** @description The version that is to be changed, as its ETag (`"7"`); `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description The same key on the same document gives the first answer again and changes nothing, also where the body, or the thing within the document that is to be changed, is another; with another operation it is refused. Take a new random key for each change. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description A room is a document; this is its id. */
                roomId: components["parameters"]["RoomId"];
                commentId: components["parameters"]["CommentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The comment, `status: "deleted"`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomComment"];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateRoomComment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who acts, where the body does not say so; else `anonymous`. */
                "X-User-Id"?: components["parameters"]["UserId"];
                /** @description The version that is to be changed, as its ETag (`"7"`); `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description The same key on the same document gives the first answer again and changes nothing, also where the body, or the thing within the document that is to be changed, is another; with another operation it is refused. Take a new random key for each change. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description A room is a document; this is its id. */
                roomId: components["parameters"]["RoomId"];
                commentId: components["parameters"]["CommentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoomCommentPatch"];
            };
        };
        responses: {
            /** @description The changed comment. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomComment"];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createRoomExport: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who acts, where the body does not say so; else `anonymous`. */
                "X-User-Id"?: components["parameters"]["UserId"];
                /** @description The same key on the same document gives the first answer again and changes nothing, also where the body, or the thing within the document that is to be changed, is another; with another operation it is refused. Take a new random key for each change. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description A room is a document; this is its id. */
                roomId: components["parameters"]["RoomId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoomExportCreate"];
            };
        };
        responses: {
            /** @description Queued. */
            202: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomExport"];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listRoomEvents: {
        parameters: {
            query?: {
                /** @description Only events after this one. */
                after?: number;
                limit?: number;
            };
            header?: never;
            path: {
                /** @description A room is a document; this is its id. */
                roomId: components["parameters"]["RoomId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomEvents"];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAnnotations: {
        parameters: {
            query?: {
                /** @description Only of this document; an unknown or deleted one gives an empty list. */
                document_id?: components["parameters"]["DocumentFilter"];
                page?: components["parameters"]["Page"];
                size?: components["parameters"]["Size"];
                include_deleted?: components["parameters"]["IncludeDeleted"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of annotations, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnnotationPage"];
                };
            };
            400: components["responses"]["Malformed"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createAnnotation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who acts, where the body does not say so; else `anonymous`. */
                "X-User-Id"?: components["parameters"]["UserId"];
                /** @description The same key on the same document gives the first answer again and changes nothing, also where the body, or the thing within the document that is to be changed, is another; with another operation it is refused. Take a new random key for each change. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnnotationCreate"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Annotation"];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAnnotation: {
        parameters: {
            query?: {
                include_deleted?: components["parameters"]["IncludeDeleted"];
            };
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description UUIDv4. What is no UUID is unknown (404). */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The annotation. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Annotation"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteAnnotation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who acts, where the body does not say so; else `anonymous`. */
                "X-User-Id"?: components["parameters"]["UserId"];
                /** @description The version that is to be changed, as its ETag (`"7"`); `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description The same key on the same document gives the first answer again and changes nothing, also where the body, or the thing within the document that is to be changed, is another; with another operation it is refused. Take a new random key for each change. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description UUIDv4. What is no UUID is unknown (404). */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The annotation, `status: "deleted"`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Annotation"];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateAnnotation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who acts, where the body does not say so; else `anonymous`. */
                "X-User-Id"?: components["parameters"]["UserId"];
                /** @description The version that is to be changed, as its ETag (`"7"`); `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description The same key on the same document gives the first answer again and changes nothing, also where the body, or the thing within the document that is to be changed, is another; with another operation it is refused. Take a new random key for each change. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description UUIDv4. What is no UUID is unknown (404). */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnnotationPatch"];
            };
        };
        responses: {
            /** @description The changed annotation. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Annotation"];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listVersions: {
        parameters: {
            query?: {
                /** @description Only of this document; an unknown or deleted one gives an empty list. */
                document_id?: components["parameters"]["DocumentFilter"];
                page?: components["parameters"]["Page"];
                size?: components["parameters"]["Size"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of versions, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionPage"];
                };
            };
            400: components["responses"]["Malformed"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createVersion: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who acts, where the body does not say so; else `anonymous`. */
                "X-User-Id"?: components["parameters"]["UserId"];
                /** @description The same key on the same document gives the first answer again and changes nothing, also where the body, or the thing within the document that is to be changed, is another; with another operation it is refused. Take a new random key for each change. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VersionCreate"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv4. What is no UUID is unknown (404). */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The version and its snapshot. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionDetail"];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    revertVersion: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who acts, where the body does not say so; else `anonymous`. */
                "X-User-Id"?: components["parameters"]["UserId"];
                /** @description The version that is to be changed, as its ETag (`"7"`); `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description The same key on the same document gives the first answer again and changes nothing, also where the body, or the thing within the document that is to be changed, is another; with another operation it is refused. Take a new random key for each change. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description UUIDv4. What is no UUID is unknown (404). */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["VersionRevert"];
            };
        };
        responses: {
            /** @description The document after the revert. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listExports: {
        parameters: {
            query?: {
                /** @description Only of this document; an unknown or deleted one gives an empty list. */
                document_id?: components["parameters"]["DocumentFilter"];
                page?: components["parameters"]["Page"];
                size?: components["parameters"]["Size"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of export jobs, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportJobPage"];
                };
            };
            400: components["responses"]["Malformed"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createExport: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who acts, where the body does not say so; else `anonymous`. */
                "X-User-Id"?: components["parameters"]["UserId"];
                /** @description The same key on the same document gives the first answer again and changes nothing, also where the body, or the thing within the document that is to be changed, is another; with another operation it is refused. Take a new random key for each change. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportCreate"];
            };
        };
        responses: {
            /** @description Queued. */
            202: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportJob"];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv4. What is no UUID is unknown (404). */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportJob"];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    downloadExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv4. What is no UUID is unknown (404). */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file, as an attachment. */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "image/png": unknown;
                    "image/jpeg": unknown;
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getExportFile: {
        parameters: {
            query?: never;
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description `{job_id}.png` or `{job_id}.jpg` */
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "image/png": unknown;
                    "image/jpeg": unknown;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
        };
    };
    listTextDocuments: {
        parameters: {
            query?: {
                /** @description Part of the title, as it stands; upper and lower case are the same. */
                query?: string;
                include_deleted?: components["parameters"]["IncludeDeleted"];
                page?: components["parameters"]["Page"];
                page_size?: components["parameters"]["PageSize"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of documents, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TextDocumentPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createTextDocument: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who acts, where the body does not say so; else `anonymous`. */
                "X-User-Id"?: components["parameters"]["UserId"];
                /** @description The same key on the same document gives the first answer again and changes nothing, also where the body, or the thing within the document that is to be changed, is another; with another operation it is refused. Take a new random key for each change. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TextDocumentCreate"];
            };
        };
        responses: {
            /** @description Created. It is edited over `/ws/documents/{id}`. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TextDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTextDocument: {
        parameters: {
            query?: {
                include_deleted?: components["parameters"]["IncludeDeleted"];
            };
            header?: never;
            path: {
                /** @description UUIDv4. What is no UUID is unknown (404). */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document, without its text. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TextDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteTextDocument: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who acts, where the body does not say so; else `anonymous`. */
                "X-User-Id"?: components["parameters"]["UserId"];
                /** @description The same key on the same document gives the first answer again and changes nothing, also where the body, or the thing within the document that is to be changed, is another; with another operation it is refused. Take a new random key for each change. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description UUIDv4. What is no UUID is unknown (404). */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateTextDocument: {
        parameters: {
            query?: never;
            header?: {
                /** @description Who acts, where the body does not say so; else `anonymous`. */
                "X-User-Id"?: components["parameters"]["UserId"];
                /** @description The same key on the same document gives the first answer again and changes nothing, also where the body, or the thing within the document that is to be changed, is another; with another operation it is refused. Take a new random key for each change. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description UUIDv4. What is no UUID is unknown (404). */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TextDocumentPatch"];
            };
        };
        responses: {
            /** @description The changed document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TextDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SessionCreate"];
            };
        };
        responses: {
            /** @description The session. Keep the token secret. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NoSession"];
            403: components["responses"]["NotModerator"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
        };
    };
    listCanvases: {
        parameters: {
            query?: {
                page?: components["parameters"]["Page"];
                size?: components["parameters"]["Size"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of canvases, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CanvasPage"];
                };
            };
            400: components["responses"]["Malformed"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createCanvas: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key on the same document gives the first answer again and changes nothing, also where the body, or the thing within the document that is to be changed, is another; with another operation it is refused. Take a new random key for each change. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CanvasCreate"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Canvas"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NoSession"];
            403: components["responses"]["NotModerator"];
            409: components["responses"]["SlugTaken"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCanvas: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv4, or the slug of a canvas. What is neither is unknown (404). */
                id: components["parameters"]["CanvasId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The canvas, without its pixels. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Canvas"];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateCanvas: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key on the same document gives the first answer again and changes nothing, also where the body, or the thing within the document that is to be changed, is another; with another operation it is refused. Take a new random key for each change. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description UUIDv4, or the slug of a canvas. What is neither is unknown (404). */
                id: components["parameters"]["CanvasId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CanvasPatch"];
            };
        };
        responses: {
            /** @description The changed canvas. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Canvas"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NoSession"];
            403: components["responses"]["NotModerator"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCanvasBitmap: {
        parameters: {
            query?: never;
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description UUIDv4, or the slug of a canvas. What is neither is unknown (404). */
                id: components["parameters"]["CanvasId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The pixels. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Canvas-Seq": components["headers"]["CanvasSeq"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            /** @description The ETag still holds. */
            304: {
                headers: {
                    "X-Canvas-Seq": components["headers"]["CanvasSeq"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCanvasSnapshot: {
        parameters: {
            query?: {
                format?: components["schemas"]["ExportFormat"];
                /** @description A whole number from 1 to 16, or 0.1 to 1. */
                scale?: number;
            };
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description UUIDv4, or the slug of a canvas. What is neither is unknown (404). */
                id: components["parameters"]["CanvasId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Canvas-Seq": components["headers"]["CanvasSeq"];
                    [name: string]: unknown;
                };
                content: {
                    "image/png": unknown;
                    "image/jpeg": unknown;
                };
            };
            /** @description The ETag still holds. */
            304: {
                headers: {
                    "X-Canvas-Seq": components["headers"]["CanvasSeq"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCanvasPalette: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv4, or the slug of a canvas. What is neither is unknown (404). */
                id: components["parameters"]["CanvasId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The palette. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CanvasPaletteInfo"];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCanvasPixel: {
        parameters: {
            query?: {
                limit?: number;
                /** @description Only what happened before this event. */
                before?: number;
            };
            header?: never;
            path: {
                /** @description UUIDv4, or the slug of a canvas. What is neither is unknown (404). */
                id: components["parameters"]["CanvasId"];
                /** @description From the left, from 0. */
                x: string;
                /** @description From the top, from 0. */
                y: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The pixel. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CanvasPixel"];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listCanvasLocks: {
        parameters: {
            query?: {
                page?: components["parameters"]["Page"];
                size?: components["parameters"]["Size"];
            };
            header?: never;
            path: {
                /** @description UUIDv4, or the slug of a canvas. What is neither is unknown (404). */
                id: components["parameters"]["CanvasId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of locks, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CanvasLockPage"];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createCanvasLock: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key on the same document gives the first answer again and changes nothing, also where the body, or the thing within the document that is to be changed, is another; with another operation it is refused. Take a new random key for each change. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description UUIDv4, or the slug of a canvas. What is neither is unknown (404). */
                id: components["parameters"]["CanvasId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CanvasLockCreate"];
            };
        };
        responses: {
            /** @description Locked. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CanvasLock"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NoSession"];
            403: components["responses"]["NotModerator"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteCanvasLock: {
        parameters: {
            query?: {
                reason?: string;
            };
            header?: {
                /** @description The same key on the same document gives the first answer again and changes nothing, also where the body, or the thing within the document that is to be changed, is another; with another operation it is refused. Take a new random key for each change. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description UUIDv4, or the slug of a canvas. What is neither is unknown (404). */
                id: components["parameters"]["CanvasId"];
                lockId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The lock that was there. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CanvasLock"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NoSession"];
            403: components["responses"]["NotModerator"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    rewindCanvas: {
        parameters: {
            query?: {
                /** @description Only say what would change. */
                dryRun?: boolean;
            };
            header?: {
                /** @description The same key on the same document gives the first answer again and changes nothing, also where the body, or the thing within the document that is to be changed, is another; with another operation it is refused. Take a new random key for each change. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description UUIDv4, or the slug of a canvas. What is neither is unknown (404). */
                id: components["parameters"]["CanvasId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CanvasRewind"];
            };
        };
        responses: {
            /** @description What was put back. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CanvasRewound"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NoSession"];
            403: components["responses"]["NotModerator"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listCanvasAudit: {
        parameters: {
            query?: {
                action?: components["schemas"]["CanvasAuditAction"];
                /** @description Only by this one. */
                user?: components["schemas"]["UserId"];
                page?: components["parameters"]["Page"];
                size?: components["parameters"]["Size"];
            };
            header?: never;
            path: {
                /** @description UUIDv4, or the slug of a canvas. What is neither is unknown (404). */
                id: components["parameters"]["CanvasId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the audit log, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CanvasAuditPage"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NoSession"];
            403: components["responses"]["NotModerator"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCanvasHistory: {
        parameters: {
            query?: {
                /** @description The first event. */
                from?: number;
                /** @description The last event; absent, the canvas's last one. */
                to?: number;
                limit?: number;
                /** @description `json`: pixels as `[x, y, color]`; `packed`: as bytes, which is a quarter of the size. */
                encoding?: "json" | "packed";
            };
            header?: never;
            path: {
                /** @description UUIDv4, or the slug of a canvas. What is neither is unknown (404). */
                id: components["parameters"]["CanvasId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CanvasHistory"];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCanvasStats: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv4, or the slug of a canvas. What is neither is unknown (404). */
                id: components["parameters"]["CanvasId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CanvasStats"];
                };
            };
            400: components["responses"]["Malformed"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            400: components["responses"]["Malformed"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It can. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            400: components["responses"]["Malformed"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMetrics: {
        parameters: {
            query?: {
                format?: "json" | "prometheus";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metrics"];
                    "text/plain": string;
                };
            };
            400: components["responses"]["Malformed"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
        };
    };
    listActors: {
        parameters: {
            query?: {
                token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every actor of this process. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActorList"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
        };
    };
    exportActorEvents: {
        parameters: {
            query?: {
                token?: string;
            };
            header?: never;
            path: {
                document_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActorEvents"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
        };
    };
    getOpenapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1 document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/yaml": string;
                };
            };
            400: components["responses"]["Malformed"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
        };
    };
    getAsyncapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description AsyncAPI 3 document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/yaml": string;
                };
            };
            400: components["responses"]["Malformed"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
        };
    };
}
