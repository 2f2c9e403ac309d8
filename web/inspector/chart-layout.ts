import type { InspectorChart } from '../../protocol/inspector-socket.ts';

export const STATE_WIDTH = 158;
export const STATE_HEIGHT = 74;
/** Between states: room for the words on an arrow. */
const GAP_ACROSS = 128;
const GAP_DOWN = 42;
const MARGIN = 14;
/** How far arrows that go back, or over a state, swing out for each state that they pass. */
const SWING = 58;

export interface StateBox {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly isFinal: boolean;
  readonly isInitial: boolean;
  readonly tags: readonly string[];
  /** What is done in the state without leaving it: `on * : stash`. */
  readonly inside: readonly string[];
  /** Messages that are handled beside the chart. */
  readonly handles: readonly string[];
}

export interface ChartArrow {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  /** What it stands for: the event, and the guard in brackets. */
  readonly labels: readonly string[];
  /** Of an SVG path. */
  readonly path: string;
  readonly labelX: number;
  readonly labelY: number;
}

export interface ChartLayout {
  readonly width: number;
  readonly height: number;
  readonly states: readonly StateBox[];
  readonly arrows: readonly ChartArrow[];
}

export type ChartDirection = 'across' | 'down';

/** States in a line, in the order in which they are reached from the first; arrows back swing out beside it. */
export function layoutChart(chart: InspectorChart, direction: ChartDirection): ChartLayout {
  const order = reached(chart);
  const isAcross = direction === 'across';
  const pitch = isAcross ? STATE_WIDTH + GAP_ACROSS : STATE_HEIGHT + GAP_DOWN;
  const arrows = gatherArrows(chart, order);
  const longest = Math.max(0, ...arrows.map(({ span }) => (span === 1 ? 0 : Math.abs(span))));
  const room = longest === 0 ? 0 : SWING + (longest - 1) * 16 + 22;
  const top = MARGIN + (isAcross ? room : 0);
  const states = order.map((name, index): StateBox => {
    const state = chart.states.find((one) => one.name === name);
    return {
      name,
      x: isAcross ? MARGIN + index * pitch : MARGIN,
      y: isAcross ? top : top + index * pitch,
      isFinal: state?.final ?? false,
      isInitial: name === chart.initial,
      tags: state?.tags ?? [],
      inside: (state?.transitions ?? [])
        .filter(({ target }) => target === undefined)
        .map(({ event, actions }) => `${event === '*' ? 'any other' : event} → ${actions.join(', ')}`),
      handles: state?.handles ?? [],
    };
  });
  const across = MARGIN * 2 + (order.length - 1) * pitch + STATE_WIDTH;
  const down = MARGIN * 2 + (order.length - 1) * pitch + STATE_HEIGHT;
  return {
    width: isAcross ? across : MARGIN * 2 + STATE_WIDTH + room + 70,
    height: isAcross ? top + STATE_HEIGHT + MARGIN : down,
    states,
    arrows: arrows.map((arrow) => drawArrow(arrow, states, isAcross)),
  };
}

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly labels: string[];
  /** How many states further on; negative: back. */
  readonly span: number;
}

/** The names of the states, breadth first; those that cannot be reached come last. */
function reached({ initial, states }: InspectorChart): string[] {
  const order = [initial];
  for (const name of order) {
    for (const { target } of states.find((state) => state.name === name)?.transitions ?? []) {
      if (target !== undefined && !order.includes(target)) order.push(target);
    }
  }
  return [...order, ...states.map(({ name }) => name).filter((name) => !order.includes(name))];
}

/** One arrow from a state to another, however many transitions lead there. */
function gatherArrows({ states }: InspectorChart, order: readonly string[]): Arrow[] {
  const arrows = new Map<string, Arrow>();
  for (const { name, transitions } of states) {
    for (const { event, target, guard } of transitions) {
      if (target === undefined) continue;
      const key = `${name} ${target}`;
      const arrow = arrows.get(key) ?? {
        from: name,
        to: target,
        labels: [],
        span: order.indexOf(target) - order.indexOf(name),
      };
      arrow.labels.push(guard === undefined ? event : `${event} [${guard}]`);
      arrows.set(key, arrow);
    }
  }
  return [...arrows.values()];
}

function drawArrow(
  { from, to, labels, span }: Arrow,
  states: readonly StateBox[],
  isAcross: boolean,
): ChartArrow {
  const [a, b] = [states.find(({ name }) => name === from), states.find(({ name }) => name === to)];
  const key = `${from}>${to}`;
  if (a === undefined || b === undefined) return { key, from, to, labels, path: '', labelX: 0, labelY: 0 };
  const middleX = (box: StateBox): number => box.x + STATE_WIDTH / 2;
  const middleY = (box: StateBox): number => box.y + STATE_HEIGHT / 2;
  if (span === 1) {
    const [x1, y1, x2, y2] = isAcross
      ? [a.x + STATE_WIDTH, middleY(a), b.x, middleY(b)]
      : [middleX(a), a.y + STATE_HEIGHT, middleX(b), b.y];
    const path = `M ${x1} ${y1} L ${x2} ${y2}`;
    return isAcross
      ? { key, from, to, labels, path, labelX: (x1 + x2) / 2, labelY: y1 - 9 }
      : { key, from, to, labels, path, labelX: x1 + 10, labelY: (y1 + y2) / 2 + 4 };
  }
  const swing = SWING + (Math.abs(span) - 1) * 16;
  // It leaves and arrives a little aside of the middle, so that two of them do not meet.
  const aside = Math.sign(span) * 22;
  if (isAcross) {
    const [x1, x2, y] = [middleX(a) + aside, middleX(b) - aside, a.y];
    const path = `M ${x1} ${y} C ${x1} ${y - swing} ${x2} ${y - swing} ${x2} ${y}`;
    return { key, from, to, labels, path, labelX: (x1 + x2) / 2, labelY: y - swing * 0.75 - 7 };
  }
  const [y1, y2, x] = [middleY(a) + aside / 2, middleY(b) - aside / 2, a.x + STATE_WIDTH];
  const path = `M ${x} ${y1} C ${x + swing} ${y1} ${x + swing} ${y2} ${x} ${y2}`;
  return { key, from, to, labels, path, labelX: x + swing * 0.75 + 7, labelY: (y1 + y2) / 2 + 4 };
}
