import type { AnnotationEvent } from '../../documents/annotation/annotation-events.ts';
import { annotationKind } from '../../documents/annotation/annotation-kind.ts';
import type { AnnotationState } from '../../documents/annotation/annotation-state.ts';
import type { Executed, Instant, Unchanged } from '../../documents/kind.ts';
import type {
  AnnotationAnswer,
  AnnotationCommand,
  AnnotationCommands,
  AnnotationContent,
  AnnotationFact,
  AnnotationInput,
  AnnotationQueries,
  AnnotationQuery,
  AnswerIn,
  ImageBlob,
  MergeReport,
} from '../../protocol/annotation-messages.ts';
import type { Annotation, Document } from '../../protocol/entities.ts';
import type { EntityId, UserId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import { countingIds } from '../contracts/document-kind-replay.ts';

export const DOCUMENT_ID = 'a1d0c2de-7f70-4b0e-8a53-6f7a4b1c9e01';

export type Outcome =
  | Executed<AnnotationEvent, AnnotationFact, AnnotationAnswer>
  | Unchanged<AnnotationAnswer>;

type Rest<Type extends AnnotationCommand['type']> = Omit<Extract<AnnotationCommand, { type: Type }>, 'type'>;

export const BOX: AnnotationInput = { type: 'box', geometry: { x: 1, y: 2, width: 30, height: 40 } };

export const PICTURE: ImageBlob = {
  hash: 'ab'.repeat(32),
  mime: 'image/png',
  bytes: 1_234,
  width: 1_920,
  height: 1_080,
};

/** An annotation document that is lived by hand: counts seqs, ticks a clock, keeps its log. */
export class LivedDocument {
  state: AnnotationState = annotationKind.create(DOCUMENT_ID);
  readonly log: { readonly event: AnnotationEvent; readonly instant: Instant }[] = [];
  readonly newId = countingIds();
  now = 1_700_000_000_000;
  user = 'ann';

  /** A document that is created already. */
  static created(): LivedDocument {
    const document = new LivedDocument();
    document.execute({ type: 'document.create', name: 'Plan', image: null });
    return document;
  }

  get seq(): number {
    return this.log.length;
  }

  execute(command: AnnotationCommand): Outcome {
    const instant: Instant = { at: this.now, by: this.user as UserId, seq: this.seq + 1 };
    const outcome = annotationKind.execute(this.state, command, instant, this.newId);
    if (outcome.event !== undefined) {
      this.log.push({ event: outcome.event, instant });
      this.now += 1;
    }
    return outcome;
  }

  /** Executes and gives the answer, as the type of the command promises it. */
  do<Type extends AnnotationCommand['type']>(
    type: Type,
    rest: Rest<Type>,
  ): AnswerIn<AnnotationCommands, Type> {
    const command = { type, ...rest } as unknown as AnnotationCommand;
    return this.execute(command).answer as AnswerIn<AnnotationCommands, Type>;
  }

  /** The problem that a command is refused with. */
  refused(command: AnnotationCommand): Problem {
    const before = annotationKind.snapshot(this.state);
    try {
      this.execute(command);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (Buffer.compare(before, annotationKind.snapshot(this.state)) !== 0) {
        throw new Error('a refused command changed the document');
      }
      return error;
    }
    throw new Error(`${command.type} was not refused`);
  }

  add(annotation: AnnotationInput): Annotation {
    return this.do('annotation.create', { annotation });
  }

  update(id: string, change: Rest<'annotation.update'>['change'], version?: number): Annotation {
    return this.do('annotation.update', {
      id: id as EntityId,
      change,
      ...(version === undefined ? {} : { version }),
    });
  }

  remove(id: string): Annotation {
    return this.do('annotation.delete', { id: id as EntityId });
  }

  merge(update: Uint8Array): MergeReport {
    return this.do('annotations.merge', { update });
  }

  query<Type extends AnnotationQuery['type']>(
    type: Type,
    rest: Omit<Extract<AnnotationQuery, { type: Type }>, 'type'>,
  ): AnswerIn<AnnotationQueries, Type> {
    const query = { type, ...rest } as unknown as AnnotationQuery;
    return annotationKind.query(this.state, query) as AnswerIn<AnnotationQueries, Type>;
  }

  /** The problem that a query is refused with. */
  refusedQuery(query: AnnotationQuery): Problem {
    try {
      annotationKind.query(this.state, query);
    } catch (error) {
      if (error instanceof Problem) return error;
      throw error;
    }
    throw new Error(`${query.type} was not refused`);
  }

  get document(): Document {
    return this.query('document.get', { include_deleted: true });
  }

  /** Active annotations, by creation. */
  get annotations(): readonly Annotation[] {
    return this.query('content', {}).annotations;
  }

  get content(): AnnotationContent {
    return this.query('content', {});
  }

  replayed(): AnnotationState {
    const state = annotationKind.create(DOCUMENT_ID);
    for (const { event, instant } of this.log) {
      const bytes = annotationKind.encode(event);
      annotationKind.replay(state, annotationKind.decode(bytes, annotationKind.eventVersion), instant);
    }
    return state;
  }
}

/** Everything that readers of a document can see. */
export function observe(state: AnnotationState): unknown {
  return {
    document: state.document,
    byCreation: state.annotations.known().map(({ wire }) => wire),
    listed: [...state.annotations.listed].map(({ wire }) => wire),
    active: state.annotations.active(),
    activeCount: state.annotations.activeCount,
    versions: state.versions.all(),
    exports: state.exports.all(),
    unfinished: annotationKind.unfinished(state),
  };
}
