import type { WebSocket } from 'ws';

export interface Closed {
  readonly code: number;
  readonly reason: string;
}

interface Typed {
  readonly type: string;
}

type FrameOf<Frame extends Typed, Type> = Extract<Frame, { readonly type: Type }>;

/** What a client hears on its socket: kept, and waited for without sleeping. Its functions need no `this`. */
export class HeardFrames<Frame extends Typed> {
  readonly frames: Frame[] = [];
  readonly closed: Promise<Closed>;
  #isClosed = false;
  #waiting: (() => void)[] = [];

  /** @param read what a message of the socket says; asked once for each, in their order */
  constructor(ws: WebSocket, read: (data: Buffer, isBinary: boolean) => Frame) {
    ws.on('message', (data, isBinary) => {
      this.frames.push(read(data as Buffer, isBinary));
      this.#wake();
    });
    ws.on('error', () => undefined); // a close follows, and tells
    this.closed = new Promise((resolve) => {
      ws.on('close', (code, reason) => {
        this.#isClosed = true;
        resolve({ code, reason: String(reason) });
        this.#wake();
      });
    });
  }

  /** Resolves once `enough` holds; asked again after each frame. Rejects where the socket closes before. */
  readonly until = async (enough: () => boolean): Promise<void> => {
    while (!enough()) {
      if (this.#isClosed) {
        throw new Error(`closed before that, after ${JSON.stringify(this.frames.slice(-3)).slice(0, 500)}`);
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  };

  /** The first frame of a type that fits, heard already or to come. */
  readonly hear = async <Type extends Frame['type']>(
    type: Type,
    fits: (frame: FrameOf<Frame, Type>) => boolean = () => true,
  ): Promise<FrameOf<Frame, Type>> => {
    let found: FrameOf<Frame, Type> | undefined;
    await this.until(() => {
      found = this.of(type).find(fits);
      return found !== undefined;
    });
    if (found === undefined) throw new Error(`no ${type}`);
    return found;
  };

  readonly of = <Type extends Frame['type']>(type: Type): FrameOf<Frame, Type>[] =>
    this.frames.filter((frame): frame is FrameOf<Frame, Type> => frame.type === type);

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
