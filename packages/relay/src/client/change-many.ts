import { hasErrorCode, RelayError } from "@potassium/core-types";
import type { ChangeState, ManyOptions } from "./route-result.js";

/** How many changes are made at once, and what each of them does. */
export interface ChangeManyOptions<Item> extends ManyOptions<Item & ChangeState> {
  readonly atOnce: number;
  readonly change: (item: Item) => Promise<void>;
}

/** So many calls in a row without an answer, at least, before a relay is taken to be down. */
const minUnanswered = 8;

/**
 * Makes many changes, a bounded number at once, and gives the result of each in the order of the items.
 * One that fails does not stop the rest. But where as many in a row as run at once got no answer, all
 * their tries over, the relay is down: what is left fails with the same code and is not sent.
 */
export async function changeMany<Item extends object>(
  items: readonly Item[],
  options: ChangeManyOptions<Item>,
): Promise<readonly (Item & ChangeState)[]> {
  const { signal, atOnce, change, onResult } = options;
  signal?.throwIfAborted();
  const results: (Item & ChangeState)[] = [];
  let next = 0;
  let unansweredInARow = 0;
  let lastError: RelayError | undefined;

  const attempt = async (item: Item): Promise<ChangeState> => {
    if (lastError !== undefined && unansweredInARow >= Math.max(atOnce, minUnanswered)) {
      return { state: "failed", error: notSent(lastError) };
    }
    try {
      await change(item);
      unansweredInARow = 0;
      return { state: "done" };
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof RelayError)) throw error;
      lastError = error;
      const isUnanswered = hasErrorCode(error, "UNAVAILABLE", "TIMEOUT", "DISPOSED");
      unansweredInARow = isUnanswered ? unansweredInARow + 1 : 0;
      return { state: "failed", error };
    }
  };
  const work = async () => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index] as Item;
      const result = Object.freeze({ ...item, ...(await attempt(item)) });
      results[index] = result;
      onResult?.(result);
      signal?.throwIfAborted();
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  } finally {
    // After an error, the other workers begin nothing more.
    next = items.length;
  }
  return Object.freeze(results);
}

function notSent(cause: RelayError): RelayError {
  return new RelayError(cause.code, `not sent, since the relay is down: ${cause.message}`, {
    cause,
  });
}
