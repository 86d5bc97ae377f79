import { type EngineEvent, secondsOf } from "./engine-event.js";

/** How many events are remembered to tell a repetition: more than come in a second. */
const remembered = 10_000;

/** Knows which events were seen, so that after a break the stream goes on without a gap or a repetition. */
export class EventHistory {
  readonly #seen = new Set<string>();
  #since: number | undefined;
  #begun = false;

  /** From when to ask, in seconds of the engine's clock; `undefined` for from now on. */
  get since(): number | undefined {
    return this.#since;
  }

  /** Whether it is known what there was before the first event. */
  get begun(): boolean {
    return this.#begun;
  }

  /** @param date the engine's time when it was looked at what there is, as its answer's header has it. */
  begin(date: string | undefined): void {
    this.#begun = true;
    const seconds = Math.floor(Date.parse(date ?? "") / 1000);
    if (this.#since === undefined && Number.isFinite(seconds)) this.#since = seconds;
  }

  isNew(event: EngineEvent): boolean {
    const key = `${event.timeNano || event.time} ${event.Actor.ID} ${event.Action}`;
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    if (this.#seen.size > remembered) {
      const [oldest] = this.#seen;
      if (oldest !== undefined) this.#seen.delete(oldest);
    }
    this.#since = Math.max(this.#since ?? 0, secondsOf(event));
    return true;
  }
}
