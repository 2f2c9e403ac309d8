import { randomUUID } from 'node:crypto';
import { TextService } from '../../actors/text-service.ts';
import { createTextKind } from '../../documents/text/text-kind.ts';
import { createRuntime, type Runtime, type RuntimeOptions } from './runtime.ts';

/** The text service on a runtime of its own. */
export function createTexts(options: Pick<RuntimeOptions, 'store' | 'limits'> = {}): {
  readonly texts: TextService;
  readonly runtime: Runtime;
} {
  const runtime = createRuntime({ ...options, kinds: [createTextKind()] });
  const { documents, store } = runtime;
  return { runtime, texts: new TextService({ documents, directory: store.directory, newId: randomUUID }) };
}
