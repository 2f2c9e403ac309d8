import * as encoding from 'lib0/encoding';
import {
  type ClockRange,
  type ClockRanges,
  contains,
  reachOf,
  toClockRanges,
  unite,
} from './clock-ranges.ts';
import type { YjsUpdate } from './yjs-update.ts';

/** By client. */
type RangesOf = ReadonlyMap<number, ClockRanges>;

/** A coverage as plain data, for the way from one thread to another. */
export interface CoverageData {
  readonly structs: RangesOf;
  readonly deletes: RangesOf;
}

/**
 * Which structs and which deletions a number of Yjs updates hold together, without their content: enough to tell what
 * another one lacks, without merging anything.
 */
export class YjsCoverage {
  readonly #structs = new Map<number, ClockRanges>();
  readonly #deletes = new Map<number, ClockRanges>();

  add(update: YjsUpdate): void {
    this.unite(dataOf(update));
  }

  unite({ structs, deletes }: CoverageData): void {
    uniteAll(this.#structs, structs);
    uniteAll(this.#deletes, deletes);
  }

  get data(): CoverageData {
    return { structs: this.#structs, deletes: this.#deletes };
  }

  /** Everything that an update says is in here. */
  covers(update: YjsUpdate): boolean {
    const { structs, deletes } = dataOf(update);
    return isPart(structs, this.#structs) && isPart(deletes, this.#deletes);
  }

  /** A state with this vector (clocks by client) has every struct that is in here. */
  isReachedBy(vector: ReadonlyMap<number, number>): boolean {
    for (const [client, ranges] of this.#structs) {
      if ((ranges.at(-1) ?? 0) > (vector.get(client) ?? 0)) return false;
    }
    return true;
  }

  /** The clocks up to which nothing is missing: a state vector in the encoding of Yjs v1. */
  stateVector(): Uint8Array {
    const reached = [...this.#structs]
      .map(([client, ranges]) => [client, reachOf(ranges)] as const)
      .filter(([, reach]) => reach > 0);
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, reached.length);
    for (const [client, reach] of reached) {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, reach);
    }
    return encoding.toUint8Array(encoder);
  }

  /** A Yjs v1 update that has the deletions only. */
  deletions(): Uint8Array {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarUint(encoder, this.#deletes.size);
    for (const [client, ranges] of this.#deletes) {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, ranges.length / 2);
      for (let index = 0; index < ranges.length; index += 2) {
        const clock = ranges[index] ?? 0;
        encoding.writeVarUint(encoder, clock);
        encoding.writeVarUint(encoder, (ranges[index + 1] ?? clock) - clock);
      }
    }
    return encoding.toUint8Array(encoder);
  }
}

function dataOf({ clients, deletes }: YjsUpdate): CoverageData {
  const structs = clients.map(
    ({ client, structs }) => [client, toClockRanges(structs.filter(({ kind }) => kind !== 'skip'))] as const,
  );
  const deleted = new Map<number, ClockRange[]>();
  for (const range of deletes) {
    const ranges = deleted.get(range.client);
    if (ranges === undefined) deleted.set(range.client, [range]);
    else ranges.push(range);
  }
  return {
    structs: new Map(structs.filter(([, ranges]) => ranges.length > 0)),
    deletes: new Map([...deleted].map(([client, ranges]) => [client, toClockRanges(ranges)])),
  };
}

function uniteAll(into: Map<number, ClockRanges>, from: RangesOf): void {
  for (const [client, ranges] of from) {
    const known = into.get(client);
    into.set(client, known === undefined ? ranges : unite(known, ranges));
  }
}

function isPart(part: RangesOf, whole: RangesOf): boolean {
  for (const [client, ranges] of part) {
    const known = whole.get(client) ?? [];
    for (let index = 0; index < ranges.length; index += 2) {
      const clock = ranges[index] ?? 0;
      if (!contains(known, { clock, length: (ranges[index + 1] ?? clock) - clock })) return false;
    }
  }
  return true;
}
