import type { Logger } from 'pino';
import type { AnnotationService } from '../actors/annotation-service.ts';
import type { ActorInfo } from '../actors/documents.ts';
import type { TextService } from '../actors/text-service.ts';
import type { Metrics } from './metrics.ts';

/** The annotation service as a caller sees it, so that a test can put another in its place. */
export type AnnotationPort = { readonly [Name in keyof AnnotationService]: AnnotationService[Name] };

/** The same of the text service. */
export type TextPort = { readonly [Name in keyof TextService]: TextService[Name] };

/** Everything that the HTTP door needs; put together in server.ts only. */
export interface AppDependencies {
  readonly annotations: AnnotationPort;
  readonly texts: TextPort;
  readonly documents: { actors(): readonly ActorInfo[] };
  readonly store: { readonly name: string; ping(): Promise<void> };
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** Where finished exports lie. */
  readonly exportsDir: string;
  /** Opens `/debug` to whoever has it; absent: to this machine only. */
  readonly debugToken?: string;
  /** `*` stands for all. */
  readonly corsOrigins: readonly string[];
  /** Development and tests: an answer that breaks the contract is a 500. */
  readonly validateResponses: boolean;
  /** The process is going down: not ready any more. */
  stopping(): boolean;
}
