import type {
  AnnotationCommand,
  AnnotationCommands,
  AnnotationQueries,
  AnnotationQuery,
  AnswerIn,
} from '../protocol/annotation-messages.ts';
import type { DocumentId, Seq } from '../protocol/ids.ts';
import type { Caller } from './caller.ts';
import type { DocumentRef } from './document-ref.ts';

type CommandOf<Type> = Extract<AnnotationCommand, { type: Type }>;
type QueryOf<Type> = Extract<AnnotationQuery, { type: Type }>;

/** An annotation document as the services see it: the messages of its kind, each with the type of its answer. */
export class AnnotationDocument {
  readonly ref: DocumentRef;

  constructor(ref: DocumentRef) {
    this.ref = ref;
  }

  get id(): DocumentId {
    return this.ref.id;
  }

  async execute<Type extends keyof AnnotationCommands>(
    command: CommandOf<Type> & { readonly type: Type },
    caller: Caller,
  ): Promise<AnswerIn<AnnotationCommands, Type>> {
    return (await this.apply<Type>(command, caller)).answer;
  }

  /** The same, with the `seq` of the event that the command made. */
  async apply<Type extends keyof AnnotationCommands>(
    command: CommandOf<Type> & { readonly type: Type },
    caller: Caller,
  ): Promise<{ readonly seq: Seq; readonly answer: AnswerIn<AnnotationCommands, Type> }> {
    const { seq, answer } = await this.ref.execute(command, caller);
    return { seq, answer: answer as AnswerIn<AnnotationCommands, Type> };
  }

  /** Whether the caller repeats an operation that is done: it gets its answer again, whatever has gone meanwhile. */
  async hasDone({ operationId }: Caller): Promise<boolean> {
    return operationId !== undefined && (await this.ref.hasDone(operationId));
  }

  async query<Type extends keyof AnnotationQueries>(
    query: QueryOf<Type> & { readonly type: Type },
  ): Promise<AnswerIn<AnnotationQueries, Type>> {
    return (await this.ref.query(query)) as AnswerIn<AnnotationQueries, Type>;
  }

  /** The answer as it would have been after event `seq`. */
  async queryAt<Type extends keyof AnnotationQueries>(
    seq: Seq,
    query: QueryOf<Type> & { readonly type: Type },
  ): Promise<AnswerIn<AnnotationQueries, Type>> {
    return (await this.ref.queryAt(seq, query)) as AnswerIn<AnnotationQueries, Type>;
  }
}
