import { documentLogic, HOT_MESSAGES } from './document-machine.ts';

/** Where a message leads from a state. */
export interface ChartTransition {
  /** `*`: any message that is not named. */
  readonly event: string;
  /** Absent: the state stays. */
  readonly target?: string;
  readonly guard?: string;
  readonly actions: readonly string[];
}

export interface ChartState {
  readonly name: string;
  readonly isFinal: boolean;
  readonly tags: readonly string[];
  /** Actions when it is entered. */
  readonly entry: readonly string[];
  /** Messages that are handled beside the chart, by the table of a state that is `hot`. */
  readonly handles: readonly string[];
  readonly transitions: readonly ChartTransition[];
}

/** The lifecycle of a document actor, as its machine has it. */
export interface Chart {
  readonly id: string;
  readonly initial: string;
  readonly states: readonly ChartState[];
}

const HOT = 'hot';

/** Reads the chart from the machine that runs. */
export function readChart(): Chart {
  const { id, initial, states } = documentLogic.root;
  return {
    id,
    initial: initial.target[0]?.key ?? '',
    states: Object.values(states).map(({ key, type, tags, entry, transitions }) => ({
      name: key,
      isFinal: type === 'final',
      tags,
      entry: entry.map(nameOf),
      handles: tags.includes(HOT) ? HOT_MESSAGES : [],
      transitions: [...transitions.values()].flat().map(({ eventType, target, guard, actions }) => {
        const [to] = target ?? [];
        return {
          event: eventType,
          ...(to === undefined ? {} : { target: to.key }),
          ...(guard === undefined ? {} : { guard: nameOf(guard) }),
          actions: actions.map(nameOf),
        };
      }),
    })),
  };
}

/** Of an action or a guard, which XState gives as a name, an object with a type, or a function. */
function nameOf(part: unknown): string {
  if (typeof part === 'string') return part;
  if (typeof part === 'function') return part.name;
  const type: unknown = typeof part === 'object' && part !== null && 'type' in part ? part.type : undefined;
  return typeof type === 'string' ? type : 'unnamed';
}
