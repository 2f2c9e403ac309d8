import type { CanvasPatch } from '../../../client/index.ts';

/** Changes the canvas itself. @param done what is said then @returns whether the server took it */
export type Patch = (change: CanvasPatch, done: string) => Promise<boolean>;
