import type { RealtimeServerMessage } from '../protocol/realtime.ts';
import type { Answer } from './demo-client.ts';
import type { Heard } from './demo-feed.ts';

const STEP_WIDTH = 44;

/** What a person sees of the demonstration: one line a step, in columns. */
export class DemoReport {
  title(text: string): void {
    console.log(`\n${text}\n${'─'.repeat(text.length)}`);
  }

  fact(name: string, value: string): void {
    console.log(`${name.padEnd(10)} ${value}`);
  }

  columns(): void {
    console.log(
      `\n${'step'.padEnd(STEP_WIDTH)} ${'HTTP'.padStart(4)} ${'ms'.padStart(7)}   ${'frame'.padEnd(20)} ${'seq'.padStart(4)} ${'ms'.padStart(7)}`,
    );
  }

  /** A request, its answer, and the frame that it caused; times count from the request. */
  step(name: string, answer: Answer<unknown>, heard?: Heard): void {
    const frame =
      heard === undefined ? '' : `   ${frameColumns(heard.frame)} ${time(heard.at - answer.begun)}`;
    console.log(`${name.padEnd(STEP_WIDTH)} ${String(answer.status).padStart(4)} ${time(answer.ms)}${frame}`);
  }

  /** A frame that no request of ours caused directly. */
  frame(name: string, heard: Heard, begun: number): void {
    const left = name.padEnd(STEP_WIDTH + 13);
    console.log(`${left}   ${frameColumns(heard.frame)} ${time(heard.at - begun)}`);
  }
}

export const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;

const time = (ms: number): string => ms.toFixed(1).padStart(7);

function frameColumns(frame: RealtimeServerMessage): string {
  const seq = 'seq' in frame && frame.seq !== undefined ? String(frame.seq) : '–';
  return `${frame.type.padEnd(20)} ${seq.padStart(4)}`;
}
