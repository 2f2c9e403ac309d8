import { type ConnectionId, SYSTEM, type UserId } from '../protocol/ids.ts';
import type { DocumentMessage } from './messages.ts';

/** What a record says of a message: which command or query, who, and from where; never what it says. */
export interface MessageAbout {
  readonly command?: string;
  readonly by?: UserId;
  readonly connectionId?: ConnectionId | undefined;
}

const NOTHING: MessageAbout = Object.freeze({});

export function aboutOf(message: DocumentMessage): MessageAbout {
  switch (message.type) {
    case 'execute': {
      const { by, connectionId } = message.caller;
      return { command: message.command.type, by, connectionId };
    }
    case 'query':
      return { command: message.query.type };
    case 'join':
    case 'caughtUp': {
      const { userId, connectionId } = message.subscriber;
      return { by: userId, connectionId };
    }
    case 'leave':
    case 'presence':
      return { connectionId: message.connectionId };
    default:
      return NOTHING;
  }
}

/**
 * Who sent a message, in the words of `InspectionRecord.from`.
 * @param doorOf - the door through which a subscriber came
 */
export function originOf(
  message: DocumentMessage,
  { by, connectionId }: MessageAbout,
  doorOf: (connectionId: ConnectionId) => string | undefined,
): string {
  switch (message.type) {
    case 'join':
      return message.subscriber.door.name;
    case 'committed':
    case 'appendFailed':
    case 'caughtUp':
    case 'loaded':
    case 'loadFailed':
    case 'left':
      return 'store';
    case 'sweep':
    case 'passivate':
      return 'runtime';
    default:
      if (connectionId !== undefined) return doorOf(connectionId) ?? 'socket';
      return by === SYSTEM || message.type === 'transient' ? 'system' : 'http';
  }
}

/** A sweep comes each second and does nothing, mostly; XState's own are no messages of ours. */
export const isShown = ({ type }: { readonly type: string }): boolean =>
  type !== 'sweep' && !type.startsWith('xstate.');

/** Messages of which there may be too many to be recorded. */
export function isFrequent({ type }: DocumentMessage): boolean {
  switch (type) {
    case 'execute':
    case 'query':
    case 'committed':
    case 'presence':
    case 'transient':
    case 'join':
    case 'leave':
    case 'head':
    case 'recall':
      return true;
    default:
      return false;
  }
}

/** Messages that the chart puts aside until the document is active: as `stash` in document-machine.ts. */
export function isKept({ type }: DocumentMessage): boolean {
  switch (type) {
    case 'execute':
    case 'query':
    case 'head':
    case 'recall':
    case 'status':
    case 'snapshot':
    case 'hold':
    case 'join':
    case 'letGo':
    case 'leave':
    case 'presence':
      return true;
    default:
      return false;
  }
}
