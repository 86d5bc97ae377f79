import type { ServerState } from "../protocol/server-state.js";

/** A server's state, which can be waited on. */
export class StateCell {
  #value: ServerState = {
    status: { state: "created" },
    time: new Date().toISOString(),
    willRestart: false,
    pid: null,
  };
  readonly #watchers = new Set<() => void>();

  get value(): ServerState {
    return this.#value;
  }

  set(value: ServerState): void {
    this.#value = value;
    for (const watcher of this.#watchers) watcher();
  }

  /** Resolves with the first state, from this one on, for which the condition holds. */
  until(holds: (state: ServerState) => boolean, signal?: AbortSignal): Promise<ServerState> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const finish = (settle: () => void) => {
        this.#watchers.delete(look);
        signal?.removeEventListener("abort", onAbort);
        settle();
      };
      const look = () => {
        const state = this.#value;
        if (holds(state)) finish(() => resolve(state));
      };
      const onAbort = () => finish(() => reject(signal?.reason));
      this.#watchers.add(look);
      signal?.addEventListener("abort", onAbort, { once: true });
      look();
    });
  }
}
