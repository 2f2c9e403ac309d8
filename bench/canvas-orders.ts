/** What the processes of the canvas benchmark tell each other. */

/** Of the server that is measured: whoever has both can give out tokens. */
export const SECRETS = {
  SESSION_SECRET: 'the secret of a server that is only measured',
  MODERATOR_KEY: 'the key of its moderators',
} as const;

export type Way = 'troupe' | 'relay';

/** So many more come, one after the other. Answered when all are there and know the picture. */
export interface Join {
  readonly do: 'join';
  readonly way: Way;
  readonly url: string;
  readonly path: string;
  readonly sockets: number;
  readonly width: number;
  readonly height: number;
}

/** Paint, all in turn, a pixel a message. Answered with {@link Painted}. */
export interface Paint {
  readonly do: 'paint';
  readonly perSecond: number;
  readonly warmUpMs: number;
  readonly measuredMs: number;
  /** Of the server. */
  readonly pid: number;
}

/** What has everybody? Answered with {@link Compared}, once all that was painted is answered. */
export interface Compare {
  readonly do: 'compare';
}

export interface Leave {
  readonly do: 'leave';
}

export type ToPainters = Join | Paint | Compare | Leave;

export interface Painted {
  /** In milliseconds. */
  readonly toAck: Percentiles;
  readonly toOthers: Percentiles;
  readonly sent: number;
  /** Pixels that came, at all sockets together. */
  readonly delivered: number;
  /** Of the sockets, with the heads of frames and all else that came. */
  readonly bytes: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** 99 of 100 turns of the painters' own process were shorter: what they measured is not less exact. */
  readonly ownDelayMs: number;
}

export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
}

export interface Compared {
  /** How many have a picture, by its SHA-256. */
  readonly pictures: Readonly<Record<string, number>>;
  /** Colours by index, of what was acknowledged. */
  readonly painted: readonly (readonly [index: number, color: number])[];
  readonly unanswered: number;
  /** Refusals and errors that were told, by what they said; sockets that were closed. */
  readonly complaints: Readonly<Record<string, number>>;
}

export const FLOOD_NAMES = {
  user: 'one user floods',
  address: 'one address floods',
  connections: '500 sockets at once',
  malformed: 'malformed messages',
  outside: 'pixels outside',
  colours: 'colours outside',
  forged: 'forged tokens',
  usurper: 'a painter at moderators’ routes',
} as const;

export type Flood = keyof typeof FLOOD_NAMES;

/** `begin`: answered at once. `end`: answered with what was done, counted. */
export type ToFlooder =
  | { readonly do: 'begin'; readonly flood: Flood; readonly url: string; readonly path: string }
  | { readonly do: 'end' };
