import type { SagaEvent } from "./saga.js";

export interface LogEntry {
  /** Counts up. */
  readonly id: number;
  /** RFC 3339. */
  readonly time: string;
  readonly text: string;
}

/** The last things that happened, for those who look at the page. */
export class ActivityLog {
  readonly #entries: LogEntry[] = [];
  readonly #onEntry: (text: string) => void;

  /** @param onEntry is told of each. */
  constructor(onEntry: (text: string) => void = () => {}) {
    this.#onEntry = onEntry;
  }

  readonly tell = (text: string): void => {
    const id = (this.#entries[0]?.id ?? 0) + 1;
    this.#entries.unshift({ id, time: new Date().toISOString(), text });
    this.#entries.length = Math.min(this.#entries.length, 40);
    this.#onEntry(text);
  };

  /** Tells of what became of the steps of a saga, under a title. */
  readonly steps =
    (title: string) =>
    ({ step, state }: SagaEvent): void => {
      if (state !== "begun") this.tell(`${title}: ${step}: ${state}`);
    };

  /** The newest first. */
  get entries(): readonly LogEntry[] {
    return [...this.#entries];
  }
}
