import { type AbortOptions, abortable } from "@potassium/core-types";

/** The stream, once the provider is open; what keeps it from opening is the first thing that is told. */
export function onceOpened<T>(
  opened: Promise<unknown>,
  stream: AsyncIterableIterator<T>,
  { signal }: AbortOptions,
): AsyncIterableIterator<T> {
  opened.catch(() => stream.return?.());
  return {
    next: async () => {
      await abortable(opened, signal);
      return stream.next();
    },
    return: async () => (await stream.return?.()) ?? { done: true, value: undefined },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
