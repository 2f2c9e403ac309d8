import { Problem } from '../../protocol/problem.ts';
import { ByteRate } from './byte-rate.ts';
import type { Clock } from './clock.ts';
import type { UpdateLimits } from './room-limits.ts';
import { UnackedBytes } from './unacked-bytes.ts';

/** Whether one socket's next Yjs update may go to the document: of its size, at its speed, and with what is under way. */
export class UpdateBudget {
  readonly #limits: UpdateLimits;
  readonly #rate: ByteRate;
  readonly #unacked: UnackedBytes;

  constructor(limits: UpdateLimits, clock: Clock) {
    const { updateBytes, bytesPerSecond, unackedBytes } = limits;
    this.#limits = limits;
    // What one brings who was offline for long passes, and what follows it is not held up.
    this.#rate = new ByteRate({ bytesPerSecond, burstBytes: updateBytes + bytesPerSecond }, clock);
    this.#unacked = new UnackedBytes(unackedBytes);
  }

  /** @throws Problem `too_large`; `rate_limited`, with `extra.retryAfterMs` where that is known */
  take(bytes: number): void {
    const { updateBytes, bytesPerSecond } = this.#limits;
    if (bytes > updateBytes) {
      throw new Problem('too_large', `An update must not be more than ${updateBytes} bytes.`);
    }
    const retryAfterMs = this.#rate.waitFor(bytes);
    if (retryAfterMs > 0) {
      throw new Problem(
        'rate_limited',
        `More than ${bytesPerSecond} bytes a second; send it again in ${retryAfterMs} ms.`,
        { extra: { retryAfterMs } },
      );
    }
    this.#unacked.take(bytes);
    this.#rate.spend(bytes);
  }

  /** They are on the disk, or will never be. */
  settle(bytes: number): void {
    this.#unacked.settle(bytes);
  }
}
