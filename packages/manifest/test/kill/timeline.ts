/** When what happened in an update that nobody disturbed. */
export interface Timeline {
  readonly events: readonly { readonly atMs: number; readonly phase: string }[];
}

/** Some time after an event, counted from 0: on a busy machine that is nearer to the same place than a time alone. */
export interface KillMoment {
  readonly event: number;
  readonly afterMs: number;
}

/** A moment of an update: every other time anywhere in it, else near the time in which it changes the installation. */
export function randomMoment({ events }: Timeline, random: () => number): KillMoment {
  const [from, to] = random() < 0.5 ? [0, endOf(events)] : aroundCommit(events);
  const atMs = from + random() * (to - from);
  const event = events.findLastIndex((each) => each.atMs <= atMs);
  return { event, afterMs: atMs - (events[event]?.atMs ?? 0) };
}

type Events = Timeline["events"];

const endOf = (events: Events) => events.at(-1)?.atMs ?? 0;

/** From a little before its first change to a little after its last one; where none is told, what follows the preparations. */
function aroundCommit(events: Events): readonly [fromMs: number, toMs: number] {
  const first = events.findIndex(({ phase }) => phase === "commit");
  const last = events.findLastIndex(({ phase }) => phase === "commit");
  const all = endOf(events);
  if (first === -1) return [events.at(-2)?.atMs ?? 0, all];
  const [start, end] = [events[first - 1]?.atMs ?? 0, events[last + 1]?.atMs ?? all];
  return [start, Math.min(all, end + (all - end) * 0.5)];
}
