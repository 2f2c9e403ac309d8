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
        /** Get the base image that the server holds for a document */
        get: operations["getRoomImage"];
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
        /** @description Depends on the annotation's type. */
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
        /** Format: uuid */
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
        /** @description A room is a document; this is its id. */
        RoomId: string;
        Page: number;
        Size: number;
        PageSize: number;
        IncludeDeleted: boolean;
        /** @description Only of this document; an unknown or deleted one gives an empty list. */
        DocumentFilter: string;
        /** @description Who acts, where the body does not say so; else `anonymous`. */
        UserId: components["schemas"]["UserId"];
        /** @description The same key on the same document gives the first answer again and changes nothing. */
        IdempotencyKey: string;
        /** @description The version that is to be changed, as its ETag (`"7"`); `*` for any. */
        IfMatch: string;
        IfNoneMatch: string;
    };
    requestBodies: never;
    headers: {
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
                /** @description The same key on the same document gives the first answer again and changes nothing. */
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
                /** @description The same key on the same document gives the first answer again and changes nothing. */
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
                /** @description The same key on the same document gives the first answer again and changes nothing. */
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
            /** @description The image as it was given. */
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
                /** @description The same key on the same document gives the first answer again and changes nothing. */
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
                /** @description The same key on the same document gives the first answer again and changes nothing. */
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
                /** @description The same key on the same document gives the first answer again and changes nothing. */
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
                /** @description The same key on the same document gives the first answer again and changes nothing. */
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
                /** @description The same key on the same document gives the first answer again and changes nothing. */
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
                /** @description The same key on the same document gives the first answer again and changes nothing. */
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
                /** @description The same key on the same document gives the first answer again and changes nothing. */
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
                /** @description The same key on the same document gives the first answer again and changes nothing. */
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
                /** @description The same key on the same document gives the first answer again and changes nothing. */
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
