import type { AbortOptions, RegistryChange } from "@potassium/core-types";
import type { ChangeLog } from "./change-log.js";

/** What a watch reads. */
export interface WatchedRegistry {
  readonly log: ChangeLog;
  readonly closed: boolean;
  /** Lets what is due happen. */
  settle(): void;
  resync(): RegistryChange;
  /** Lets what falls due happen by itself, until the answer is called. */
  keepTime(): () => void;
}

/**
 * The changes from a cursor on; `undefined`: a resync first. Nothing is held before the first `next()`, and all
 * of it let go when the loop is left.
 */
export function watchChanges(
  registry: WatchedRegistry,
  from: number | undefined,
  { signal }: AbortOptions,
): AsyncIterableIterator<RegistryChange> {
  let left = false;
  let wake = () => {};

  async function* read(): AsyncGenerator<RegistryChange, void, undefined> {
    const { log } = registry;
    const onChange = () => wake();
    const unfollow = log.follow(onChange);
    const release = registry.keepTime();
    signal?.addEventListener("abort", onChange);
    try {
      let cursor = from;
      for (;;) {
        signal?.throwIfAborted();
        if (left || registry.closed) return;
        registry.settle();
        if (cursor === log.end) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          continue;
        }
        const change = cursor === undefined ? undefined : log.at(cursor);
        // What a resync tells of is what there is when it is read.
        cursor = change === undefined || cursor === undefined ? log.end : cursor + 1;
        yield change ?? registry.resync();
      }
    } finally {
      signal?.removeEventListener("abort", onChange);
      unfollow();
      release();
    }
  }

  const changes = read();
  return {
    next: () => changes.next(),
    return: async () => {
      // A generator answers this only once it has stopped waiting.
      left = true;
      wake();
      await changes.return();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
