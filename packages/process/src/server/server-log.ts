import type { LogLine } from "@potassium/core-types";
import { followLog } from "../log/follow-log.js";
import { LogReader } from "../log/log-reader.js";
import { LogSignal } from "../log/log-signal.js";
import { type LogWindow, selectLines } from "../log/log-window.js";

/** A server's log as its provider reads it. */
export class ServerLog {
  readonly #folder: string;
  readonly #signal = new LogSignal();
  readonly #followers = new Set<LogReader>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  get isFollowed(): boolean {
    return this.#followers.size > 0;
  }

  /** What is kept, as far as the window goes. */
  async read(window: LogWindow): Promise<readonly LogLine[]> {
    const reader = new LogReader(this.#folder);
    try {
      await reader.hold();
      return Object.freeze(await selectLines(reader.available(), window));
    } finally {
      await reader.close();
    }
  }

  /**
   * What is kept, and what comes, until the log is complete.
   *
   * @param onFollowed is awaited first: it sees to it that changes are told.
   */
  async *follow(
    window: LogWindow,
    signal: AbortSignal | undefined,
    onFollowed: () => Promise<void>,
  ): AsyncGenerator<LogLine, void, undefined> {
    const reader = new LogReader(this.#folder);
    this.#followers.add(reader);
    try {
      await onFollowed();
      yield* followLog(reader, this.#signal, window, signal);
    } finally {
      this.#followers.delete(reader);
      await reader.close();
    }
  }

  /** There is more of it. */
  changed(): void {
    this.#signal.changed();
  }

  /** Lets those who follow open what they have not read yet, so that the files can be removed. */
  async holdForFollowers(): Promise<void> {
    await Promise.all([...this.#followers].map((reader) => reader.hold()));
  }

  /** No more will come. */
  end(): void {
    this.#signal.end();
  }
}
