import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { BITMAP_CACHE_BYTES } from './actors/canvas-bitmaps.ts';
import { PICTURE_CACHE_BYTES } from './actors/canvas-pictures.ts';
import { DEFAULT_LIMITS, type Limits } from './actors/environment.ts';
import { MAX_RATE } from './documents/canvas/canvas-fields.ts';
import { CANVAS_CADENCE, type CanvasCadence } from './documents/canvas/canvas-kind.ts';
import { DEFAULT_RATE_LIMITS } from './documents/canvas/rate-limits.ts';
import { type SnapshotCadence, TEXT_CADENCE } from './documents/text/snapshot-cadence.ts';
import { CANVAS_LIMITS, type CanvasLimits } from './http/sockets/canvas-limits.ts';
import { MESSAGE_RATE, type MessageRateLimits } from './http/sockets/message-rate.ts';
import { ROOM_LIMITS, type UpdateLimits } from './http/sockets/room-limits.ts';
import { TEXT_LIMITS, type TextLimits } from './http/sockets/text-limits.ts';
import type { CanvasRateLimits } from './protocol/canvas-messages.ts';

/** All settings of a server. They come from the environment, once, at start. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: string;
  /** Absolute. */
  readonly exportsDir: string;
  /** The built web app, absolute; `undefined`: the one that came with the server. */
  readonly webAppDir: string | undefined;
  readonly logLevel: LogLevel;
  /** `['*']`: every origin. */
  readonly corsOrigins: readonly string[];
  /** Opens /debug to other machines. */
  readonly debugToken: string | undefined;
  /** Hosts that images may be fetched from although they are private. */
  readonly imageFetchAllow: readonly string[];
  readonly renderThreads: number;
  readonly renderTimeoutMs: number;
  readonly socketsLimit: number;
  readonly messageRate: MessageRateLimits;
  /** What the text door takes. */
  readonly textLimits: TextLimits;
  /** What the room door takes. */
  readonly roomLimits: UpdateLimits;
  /** How the canvas door treats its sockets. */
  readonly canvasLimits: CanvasLimits;
  /** When a canvas is due for a snapshot. */
  readonly canvasCadence: CanvasCadence;
  /** Of canvases that are made without any; a moderator may change them. */
  readonly canvasRates: CanvasRateLimits;
  /** Bytes of bitmaps, and of pictures, of canvases that are kept between requests. */
  readonly canvasCaches: { readonly bitmapBytes: number; readonly pictureBytes: number };
  /** When a text document is due for a snapshot. */
  readonly textCadence: SnapshotCadence;
  readonly session: SessionConfig;
  /** Proxies in front of the server whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: number;
  /** How long a stopping server waits for what is under way. */
  readonly shutdownGraceMs: number;
  /** Check every answer against the spec: for development and tests. */
  readonly validateResponses: boolean;
  readonly limits: Limits;
}

export interface SessionConfig {
  /** Absent: made at the first start and kept in the store; the moderator key too. */
  readonly secret: string | undefined;
  readonly moderatorKey: string | undefined;
  readonly lifetimeMs: number;
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A setting that makes no sense; the message names it and what is expected. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const MIB = 1024 * 1024;
const HOUR_MS = 3_600_000;
const MAX_SESSION_HOURS = 8760;
/** What signs tokens can be guessed at offline; a moderator key only by asking the server. */
const MIN_SECRET_LENGTH = 32;
const MIN_KEY_LENGTH = 8;

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws ConfigError */
export function readConfig(env: Environment): Config {
  const { perUser, perAddress, connectionsPerAddress } = DEFAULT_RATE_LIMITS;
  const messagesPerSecond = integer(env, 'MESSAGES_PER_SECOND', MESSAGE_RATE.perSecond, 1, 1_000_000);
  return {
    port: integer(env, 'PORT', 8000, 0, 65_535),
    host: env['HOST'] ?? '0.0.0.0',
    databaseUrl: env['DATABASE_URL'] ?? 'sqlite:///./dev.db',
    exportsDir: resolve(env['EXPORTS_DIR'] ?? './exports'),
    webAppDir: folder(nonEmpty(env, 'WEB_APP_DIR')),
    logLevel: oneOf(env, 'LOG_LEVEL', LOG_LEVELS, 'info'),
    corsOrigins: list(env, 'CORS_ORIGINS', origin),
    debugToken: nonEmpty(env, 'DEBUG_TOKEN'),
    imageFetchAllow: list(env, 'IMAGE_FETCH_ALLOW', (_, host) => host.toLowerCase()),
    renderThreads: integer(env, 'RENDER_THREADS', Math.max(1, availableParallelism() - 1), 1, 64),
    renderTimeoutMs: seconds(env, 'RENDER_TIMEOUT_SECONDS', 30),
    socketsLimit: integer(env, 'SOCKETS_LIMIT', 20_000, 1, 1_000_000),
    messageRate: { ...MESSAGE_RATE, perSecond: messagesPerSecond, burst: 2 * messagesPerSecond },
    textLimits: {
      ...TEXT_LIMITS,
      deltaBytes: integer(env, 'TEXT_DELTA_BYTES', TEXT_LIMITS.deltaBytes, 1, 64 * MIB),
      snapshotBytes: integer(env, 'TEXT_SNAPSHOT_BYTES', TEXT_LIMITS.snapshotBytes, 1, 64 * MIB),
      idleMs: seconds(env, 'TEXT_IDLE_SECONDS', TEXT_LIMITS.idleMs / 1000),
    },
    roomLimits: {
      updateBytes: integer(env, 'ROOM_UPDATE_BYTES', ROOM_LIMITS.updateBytes, 1, 64 * MIB),
      bytesPerSecond: integer(env, 'ROOM_BYTES_PER_SECOND', ROOM_LIMITS.bytesPerSecond, 1, 1024 * MIB),
      unackedBytes: integer(env, 'ROOM_UNACKED_BYTES', ROOM_LIMITS.unackedBytes, 1, 1024 * MIB),
    },
    canvasLimits: {
      ...CANVAS_LIMITS,
      batchMs: integer(env, 'CANVAS_BATCH_MS', CANVAS_LIMITS.batchMs, 50, 100),
      behindBytes: integer(env, 'CANVAS_BEHIND_BYTES', CANVAS_LIMITS.behindBytes, 16 * 1024, MIB / 2),
      stalledMs: seconds(env, 'CANVAS_STALLED_SECONDS', CANVAS_LIMITS.stalledMs / 1000),
      silentMs: seconds(env, 'CANVAS_SILENT_SECONDS', CANVAS_LIMITS.silentMs / 1000),
    },
    canvasCadence: {
      events: integer(env, 'CANVAS_SNAPSHOT_EVENTS', CANVAS_CADENCE.events, 1, 1_000_000),
      ms: seconds(env, 'CANVAS_SNAPSHOT_SECONDS', CANVAS_CADENCE.ms / 1000),
    },
    canvasRates: {
      perUser: {
        pixelsPerSecond: rate(env, 'CANVAS_USER_PIXELS_PER_SECOND', perUser.pixelsPerSecond),
        burst: rate(env, 'CANVAS_USER_BURST', perUser.burst),
      },
      perAddress: {
        pixelsPerSecond: rate(env, 'CANVAS_ADDRESS_PIXELS_PER_SECOND', perAddress.pixelsPerSecond),
        burst: rate(env, 'CANVAS_ADDRESS_BURST', perAddress.burst),
      },
      connectionsPerAddress: rate(env, 'CANVAS_ADDRESS_SOCKETS', connectionsPerAddress),
    },
    canvasCaches: {
      bitmapBytes: integer(env, 'CANVAS_BITMAP_CACHE_BYTES', BITMAP_CACHE_BYTES, 0, 16 * 1024 * MIB),
      pictureBytes: integer(env, 'CANVAS_PICTURE_CACHE_BYTES', PICTURE_CACHE_BYTES, 0, 16 * 1024 * MIB),
    },
    textCadence: {
      updates: integer(env, 'TEXT_SNAPSHOT_UPDATES', TEXT_CADENCE.updates, 1, 1_000_000),
      activeMs: seconds(env, 'TEXT_SNAPSHOT_SECONDS', TEXT_CADENCE.activeMs / 1000),
    },
    session: {
      secret: secret(env, 'SESSION_SECRET', MIN_SECRET_LENGTH),
      moderatorKey: secret(env, 'MODERATOR_KEY', MIN_KEY_LENGTH),
      lifetimeMs: integer(env, 'SESSION_HOURS', 12, 1, MAX_SESSION_HOURS) * HOUR_MS,
    },
    trustedProxies: integer(env, 'TRUST_PROXY', 0, 0, 16),
    shutdownGraceMs: seconds(env, 'SHUTDOWN_GRACE_SECONDS', 10),
    validateResponses: oneOf(env, 'VALIDATE_RESPONSES', ['true', 'false'], 'false') === 'true',
    limits: {
      ...DEFAULT_LIMITS,
      idleMs: seconds(env, 'IDLE_SECONDS', DEFAULT_LIMITS.idleMs / 1000),
      snapshotEvents: integer(env, 'SNAPSHOT_EVENTS', DEFAULT_LIMITS.snapshotEvents, 1, 1_000_000),
      snapshotMs: seconds(env, 'SNAPSHOT_SECONDS', DEFAULT_LIMITS.snapshotMs / 1000),
      snapshotsKept: integer(env, 'SNAPSHOTS_KEPT', DEFAULT_LIMITS.snapshotsKept, 1, 1_000),
      snapshotsSpread: integer(env, 'CANVAS_SNAPSHOTS_KEPT', DEFAULT_LIMITS.snapshotsSpread, 2, 1_000),
    },
  };
}

/** As much as a moderator may set. */
const rate = (env: Environment, name: string, fallback: number): number =>
  integer(env, name, fallback, 1, MAX_RATE);

function integer(env: Environment, name: string, fallback: number, least: number, most: number): number {
  const text = env[name];
  if (text === undefined) return fallback;
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) {
    throw new ConfigError(
      `${name} must be a whole number from ${least} to ${most}, not ${JSON.stringify(text)}`,
    );
  }
  return value;
}

/** A number of seconds (fractions allowed), as milliseconds. */
function seconds(env: Environment, name: string, fallback: number): number {
  const text = env[name];
  const value = text === undefined ? fallback : /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(value > 0 && value <= 86_400)) {
    throw new ConfigError(
      `${name} must be a number of seconds above 0 and at most 86400, not ${JSON.stringify(text)}`,
    );
  }
  return Math.round(value * 1000);
}

function oneOf<const T extends string>(
  env: Environment,
  name: string,
  choices: readonly T[],
  fallback: T,
): T {
  const text = env[name];
  if (text === undefined) return fallback;
  const choice = choices.find((candidate) => candidate === text);
  if (choice === undefined) {
    throw new ConfigError(`${name} must be one of ${choices.join(', ')}, not ${JSON.stringify(text)}`);
  }
  return choice;
}

function list(
  env: Environment,
  name: string,
  parse: (name: string, item: string) => string,
): readonly string[] {
  return (env[name] ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
    .map((item) => parse(name, item));
}

function origin(name: string, text: string): string {
  if (text === '*') return text;
  if (!URL.canParse(text) || new URL(text).origin !== text) {
    throw new ConfigError(
      `${name} must list origins such as https://app.example.com, or *; not ${JSON.stringify(text)}`,
    );
  }
  return text;
}

/** Never shown, not even where it is refused. */
function secret(env: Environment, name: string, least: number): string | undefined {
  const text = env[name];
  if (text !== undefined && text.length < least) {
    throw new ConfigError(`${name} must have at least ${least} characters`);
  }
  return text;
}

const folder = (path: string | undefined): string | undefined =>
  path === undefined ? undefined : resolve(path);

function nonEmpty(env: Environment, name: string): string | undefined {
  const text = env[name];
  if (text === '') throw new ConfigError(`${name} must not be empty`);
  return text;
}
