import { createTextKind } from '../../documents/text/text-kind.ts';
import type { TextState } from '../../documents/text/text-state.ts';
import type { TextCrdt } from '../../protocol/entities.ts';
import type { Seq, UserId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import type { TextCommand, TextFact, TextQuery } from '../../protocol/text-messages.ts';

export const TEXT_ID = '6f9619ff-8b86-4011-b42d-00c04fc964ff';

type Kind = ReturnType<typeof createTextKind>;

/** A text document without a runtime: commands one by one, a millisecond apart. */
export class LivedText {
  readonly kind: Kind;
  readonly state: TextState;
  readonly facts: TextFact[] = [];
  at = 1_700_000_000_000;
  #seq = 0;

  constructor(kind: Kind) {
    this.kind = kind;
    this.state = kind.create(TEXT_ID);
  }

  static created(
    options: { kind?: Kind; crdt?: TextCrdt; owner_id?: string | null; title?: string } = {},
  ): LivedText {
    const { kind = createTextKind(), crdt = 'opaque', owner_id = null, title = 'Notes' } = options;
    const text = new LivedText(kind);
    text.do({ type: 'document.create', title, owner_id, crdt });
    return text;
  }

  get seq(): Seq {
    return this.#seq;
  }

  do(command: TextCommand) {
    this.at += 1;
    const instant = { at: this.at, by: 'ann' as UserId, seq: this.#seq + 1 };
    const executed = this.kind.execute(this.state, command, instant, () => 'unused');
    if (executed.event === undefined) return { answer: executed.answer, fact: undefined, effects: [] };
    this.#seq += 1;
    this.facts.push(executed.fact);
    return { answer: executed.answer, fact: executed.fact, effects: executed.effects ?? [] };
  }

  update(delta: string | Uint8Array) {
    return this.do({ type: 'update', actorId: 'client', delta: Buffer.from(delta as Uint8Array) });
  }

  query(query: TextQuery): unknown {
    return this.kind.query(this.state, query);
  }

  /** Code of the problem that the command is refused with. */
  refusal(command: TextCommand): string | undefined {
    try {
      this.do(command);
      return undefined;
    } catch (error) {
      if (error instanceof Problem) return error.code;
      throw error;
    }
  }
}
