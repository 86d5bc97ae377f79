import { ProviderError } from "../provider/provider-error.js";
import type { AbortOptions } from "../wait/abort-options.js";
import { abortableStream } from "./abortable-stream.js";

/**
 * The calls that are open on an object. Closing refuses new ones, aborts the open ones, and waits until
 * each has cleaned up.
 */
export class OpenCalls {
  readonly #makeError: () => Error;
  readonly #open = new Map<AbortController, Promise<unknown>>();
  /** What open calls were aborted with. */
  #closing: Error | undefined;

  /**
   * @param makeError makes what calls reject with, once closed. Left out, it says with `DISPOSED` that
   *   the provider is disposed of.
   */
  constructor(makeError: () => Error = providerDisposed) {
    this.#makeError = makeError;
  }

  get closed(): boolean {
    return this.#closing !== undefined;
  }

  /** Runs one call. Its signal is the caller's and the object's. */
  async run<T>(options: AbortOptions, body: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.closed) throw this.#makeError();
    options.signal?.throwIfAborted();
    const call = linked(options.signal);
    const running = body(call.controller.signal);
    this.#open.set(call.controller, running);
    try {
      return await running;
    } finally {
      this.#open.delete(call.controller);
      call.unlink();
    }
  }

  /**
   * Runs one call whose result is a stream, from its first `next()` on.
   *
   * @param whenClosed what the reader sees when the object is closed meanwhile: the stream's `end`, or,
   *   where an early end would pass for the whole, a `failure`.
   */
  stream<T>(
    options: AbortOptions,
    whenClosed: "end" | "failure",
    body: (signal: AbortSignal) => AsyncIterable<T>,
  ): AsyncIterableIterator<T> {
    const single = (value: T) => [value];
    return abortableStream((leaving) => this.#stream(options, whenClosed, leaving, body, single));
  }

  /**
   * As {@link stream}, for a source that has many values at once. They are given one by one by a single
   * generator, however many the source goes through: each one costs every value some turns of the loop.
   */
  streamBatches<T>(
    options: AbortOptions,
    whenClosed: "end" | "failure",
    body: (signal: AbortSignal) => AsyncIterable<readonly T[]>,
  ): AsyncIterableIterator<T> {
    const all = (batch: readonly T[]) => batch;
    return abortableStream((leaving) => this.#stream(options, whenClosed, leaving, body, all));
  }

  async *#stream<Step, T>(
    options: AbortOptions,
    whenClosed: "end" | "failure",
    leaving: AbortSignal,
    body: (signal: AbortSignal) => AsyncIterable<Step>,
    valuesOf: (step: Step) => readonly T[],
  ): AsyncGenerator<T, void, undefined> {
    if (this.closed) throw this.#makeError();
    options.signal?.throwIfAborted();
    const call = linked(options.signal, leaving);
    const { controller } = call;
    let settle = () => {};
    const settled = new Promise<void>((resolve) => {
      settle = resolve;
    });
    this.#open.set(controller, settled);
    const release = () => {
      this.#open.delete(controller);
      call.unlink();
      settle();
    };
    try {
      const { signal } = controller;
      for await (const step of releasedOnAbort(body(signal), signal, release)) {
        for (const value of valuesOf(step)) {
          // What waits behind an abort is not given any more.
          if (signal.aborted) throw signal.reason;
          yield value;
        }
      }
    } catch (error) {
      const left = leaving.aborted && error === leaving.reason;
      if (!left && (error !== this.#closing || whenClosed === "failure")) throw error;
    } finally {
      release();
    }
  }

  /** Ends all calls. Resolves once none is open. */
  async close(): Promise<void> {
    this.#closing ??= this.#makeError();
    const open = [...this.#open];
    for (const [controller] of open) controller.abort(this.#closing);
    await Promise.allSettled(open.map(([, running]) => running));
  }
}

function providerDisposed(): ProviderError {
  return new ProviderError("DISPOSED", "the provider is disposed of: make a new one");
}

/** A controller that aborts with the given signals, until unlinked: `AbortSignal.any` can't let go. */
function linked(...signals: readonly (AbortSignal | undefined)[]) {
  const controller = new AbortController();
  const links = signals.map((signal) => {
    const onAbort = () => controller.abort(signal?.reason);
    if (signal?.aborted) onAbort();
    signal?.addEventListener("abort", onAbort, { once: true });
    return () => signal?.removeEventListener("abort", onAbort);
  });
  return {
    controller,
    unlink: () => {
      for (const unlink of links) unlink();
    },
  };
}

/**
 * The source's values. A reader that has stopped reading without leaving its loop can't hold up the
 * close: the source is then released for it, and it finds the abort when it reads on.
 */
async function* releasedOnAbort<T>(
  source: AsyncIterable<T>,
  signal: AbortSignal,
  released: () => void,
): AsyncGenerator<T, void, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  let reading = false;
  const release = () => {
    if (!reading) void Promise.resolve(iterator.return?.()).then(released, released);
  };
  signal.addEventListener("abort", release, { once: true });
  try {
    for (;;) {
      signal.throwIfAborted();
      reading = true;
      const result = await iterator.next();
      reading = false;
      if (result.done) return;
      yield result.value;
    }
  } finally {
    signal.removeEventListener("abort", release);
    await iterator.return?.();
  }
}
