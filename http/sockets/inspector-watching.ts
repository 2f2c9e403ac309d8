import type { Watch } from '../../actors/inspection.ts';
import type { Clock } from './clock.ts';
import { actorOf, type InspectorOutlet, recordOf } from './inspector-frames.ts';

/** Ten times a second looks live. */
const WATCH_MS = 100;
/** Figures of the watched actor are told this often at most, its state at once: in readings. */
const READINGS_PER_VIEW = 5;
/** Records of one frame; what is more is counted. */
const RECORDS_PER_FRAME = 200;

/** One inspector's look at one actor, told as it changes. */
export class InspectorWatching {
  readonly #watch: Watch;
  readonly #outlet: InspectorOutlet;
  readonly #stopReading: () => void;
  #readings = 0;
  #view = '';
  #state: string | undefined;
  #skipped = 0;
  #dropped = 0;
  #toldDropped = 0;

  constructor(watch: Watch, outlet: InspectorOutlet, clock: Clock) {
    this.#watch = watch;
    this.#outlet = outlet;
    this.#stopReading = clock.every(WATCH_MS, () => this.read());
  }

  /** Tells what is new. Called for the first reading; the others come by themselves. */
  read(): void {
    const { records, skipped } = this.#watch.read(RECORDS_PER_FRAME);
    if (this.#outlet.isBehind()) {
      this.#dropped += records.length;
      return;
    }
    const dropped = this.#dropped;
    const isNews = records.length > 0 || skipped !== this.#skipped || dropped !== this.#toldDropped;
    const state = this.#watch.state();
    if (state !== this.#state || this.#readings % READINGS_PER_VIEW === 0) this.#tellView();
    this.#readings += 1;
    this.#state = state;
    if (!isNews) return;
    this.#skipped = skipped;
    this.#toldDropped = dropped;
    const { id } = this.#watch;
    this.#outlet.tell({ type: 'records', id, records: records.map(recordOf), skipped, dropped });
  }

  stop(): void {
    this.#stopReading();
    this.#watch.close();
  }

  #tellView(): void {
    const actor = actorOf(this.#watch.view());
    const view = JSON.stringify(actor);
    if (view === this.#view) return;
    this.#view = view;
    this.#outlet.tell(actor);
  }
}
