import type { ExportParameters, ExportScene } from './annotation-messages.ts';
import type { EntityId, Seq } from './ids.ts';

/** An export that waits to be rendered. `scene` is absent where the state at `seq` must be rebuilt from the log. */
export interface ExportEffect {
  readonly type: 'export';
  readonly id: EntityId;
  readonly seq: Seq;
  readonly parameters: ExportParameters;
  readonly scene?: ExportScene;
}
