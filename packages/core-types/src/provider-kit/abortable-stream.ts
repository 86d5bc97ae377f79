/**
 * A stream made by a generator that can be left while a `next()` is pending. A generator alone would
 * answer `return()` only after the value it waits for has come.
 *
 * @param generate makes the generator; its signal aborts when the reader leaves.
 */
export function abortableStream<T>(
  generate: (leaving: AbortSignal) => AsyncGenerator<T, void, undefined>,
): AsyncIterableIterator<T> {
  const leaving = new AbortController();
  const generator = generate(leaving.signal);
  return {
    next: () => generator.next(),
    return: async () => {
      leaving.abort(new Error("the reader has left"));
      await generator.return();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
