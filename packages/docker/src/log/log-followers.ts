import { delay } from "@potassium/core-types";

/** How long a removal waits for those who still read the server's last words. */
const patienceMs = 2000;

/**
 * Knows who is reading a server's log at the moment, so that the last words of a server that was stopped are
 * read before the container, and its log with it, is removed. Podman ends a followed log before its end.
 */
export class LogFollowers {
  readonly #reading = new Map<string, number>();

  /** Marks one as reading until the returned function is called. */
  enter(id: string): () => void {
    this.#reading.set(id, (this.#reading.get(id) ?? 0) + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const count = (this.#reading.get(id) ?? 1) - 1;
      if (count === 0) this.#reading.delete(id);
      else this.#reading.set(id, count);
    };
  }

  /** Resolves once nobody reads, or after a while: a reader may have paused. */
  async settled(id: string): Promise<void> {
    const deadline = performance.now() + patienceMs;
    while (this.#reading.has(id) && performance.now() < deadline) await delay(10);
  }
}
