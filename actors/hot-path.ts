import type { ActorRefFrom, AnyMachineSnapshot, AnyStateMachine, ContextFrom, EventFromLogic } from 'xstate';

/** Handlers of data messages by event type. What a handler returns is handed to the chart in the same turn. */
export type HotTable<M extends AnyStateMachine> = {
  [K in EventFromLogic<M>['type']]?: (
    context: ContextFrom<M>,
    event: Extract<EventFromLogic<M>, { type: K }>,
    self: ActorRefFrom<M>,
  ) => EventFromLogic<M> | undefined;
};

/** Looks on while an actor handles its messages. Never throws. */
export interface MailboxObserver<Message> {
  /** A message has left the mailbox. @returns whether the following two are of interest for it */
  looksAt(message: Message): boolean;
  /** It is about to be handled. @param isHot the chart carries the tag: the message is not put aside */
  taken(message: Message, state: string, isHot: boolean): void;
  /** It is handled. @param state of the chart now */
  handled(state: string): void;
}

type AnyHandler = (context: unknown, event: unknown, self: unknown) => { type: string } | undefined;

/**
 * The same machine, but while the chart carries `tag` the events named in `table` are handled by the table: in the
 * actor's own mailbox, one at a time like every event, without interpreting the chart (which costs forty times as
 * much). Every other event goes to the chart. A handler that throws ends the actor, as a throwing action does.
 *
 * @param observerOf - who looks on at this actor now; asked at each event, so it must cost nothing
 */
export function withHotPath<M extends AnyStateMachine>(
  machine: M,
  tag: string,
  table: HotTable<M>,
  observerOf: (context: ContextFrom<M>) => MailboxObserver<EventFromLogic<M>> | undefined,
): M {
  const handlers = new Map(Object.entries(table)) as Map<string, AnyHandler>;
  const interpret = machine.transition.bind(machine);
  const hot = Object.create(machine) as M;
  const transition: M['transition'] = (snapshot, event, scope) => {
    const handler = handlers.get(event.type);
    if (handler === undefined || !(snapshot as AnyMachineSnapshot).hasTag(tag)) {
      return interpret(snapshot, event, scope);
    }
    const next = handler(snapshot.context, event, scope.self);
    return next === undefined ? snapshot : interpret(snapshot, next as typeof event, scope);
  };
  hot.transition = (snapshot, event, scope) => {
    const observer = observerOf((snapshot as AnyMachineSnapshot).context);
    if (observer === undefined || !observer.looksAt(event as EventFromLogic<M>)) {
      return transition(snapshot, event, scope);
    }
    const { value } = snapshot as AnyMachineSnapshot;
    observer.taken(event as EventFromLogic<M>, String(value), (snapshot as AnyMachineSnapshot).hasTag(tag));
    const next = transition(snapshot, event, scope);
    observer.handled(String((next as AnyMachineSnapshot).value));
    return next;
  };
  return hot;
}
