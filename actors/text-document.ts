import type { DocumentId } from '../protocol/ids.ts';
import type { TextCommand, TextCommands, TextQueries, TextQuery } from '../protocol/text-messages.ts';
import type { Caller } from './caller.ts';
import type { DocumentRef } from './document-ref.ts';

type CommandOf<Type> = Extract<TextCommand, { type: Type }>;
type QueryOf<Type> = Extract<TextQuery, { type: Type }>;

/** A text document as the services see it: the messages of its kind, each with the type of its answer. */
export class TextDocument {
  readonly ref: DocumentRef;

  constructor(ref: DocumentRef) {
    this.ref = ref;
  }

  get id(): DocumentId {
    return this.ref.id;
  }

  async execute<Type extends keyof TextCommands>(
    command: CommandOf<Type> & { readonly type: Type },
    caller: Caller,
  ): Promise<TextCommands[Type]['answer']> {
    const { answer } = await this.ref.execute(command, caller);
    return answer as TextCommands[Type]['answer'];
  }

  async query<Type extends keyof TextQueries>(
    query: QueryOf<Type> & { readonly type: Type },
  ): Promise<TextQueries[Type]['answer']> {
    return (await this.ref.query(query)) as TextQueries[Type]['answer'];
  }
}
