import type { AbortOptions } from "@potassium/core-types";

/**
 * Holds an update's downloads and the making of files, so that a game that is being played gets the network
 * and the disk for itself. What is begun on is kept. The change of the installation itself, which is short, is
 * not held.
 *
 * @example
 * ```ts
 * const pause = new PauseGate();
 * const updating = applyUpdate(root, update, { pause, engines });
 * pause.pause();
 * pause.resume();
 * ```
 */
export class PauseGate {
  #resumed: { readonly promise: Promise<void>; readonly resolve: () => void } | undefined;

  get paused(): boolean {
    return this.#resumed !== undefined;
  }

  pause(): void {
    if (this.#resumed !== undefined) return;
    let resolve = () => {};
    const promise = new Promise<void>((done) => {
      resolve = done;
    });
    this.#resumed = { promise, resolve };
  }

  resume(): void {
    this.#resumed?.resolve();
    this.#resumed = undefined;
  }

  /** Waits until it is not paused. Rejects with `signal.reason` if that comes first. */
  async passed({ signal }: AbortOptions = {}): Promise<void> {
    signal?.throwIfAborted();
    while (this.#resumed !== undefined) {
      const { promise } = this.#resumed;
      let onAbort = () => {};
      const aborted = new Promise<void>((done) => {
        onAbort = done;
      });
      signal?.addEventListener("abort", onAbort, { once: true });
      await Promise.race([promise, aborted]);
      signal?.removeEventListener("abort", onAbort);
      signal?.throwIfAborted();
    }
  }
}
