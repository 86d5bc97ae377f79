import { getEventListeners } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { delay } from "../../src/index.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("delay resolves after its time, and not before", async () => {
  let done = false;
  const waiting = delay(1_000).then(() => {
    done = true;
  });
  await vi.advanceTimersByTimeAsync(999);
  expect(done).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await waiting;
  expect(done).toBe(true);
});

test("delay rejects with the reason of a signal that aborts, and stops its timer", async () => {
  const controller = new AbortController();
  const waiting = delay(1_000, { signal: controller.signal });
  controller.abort("enough");
  await expect(waiting).rejects.toBe("enough");
  expect(vi.getTimerCount()).toBe(0);
});

test("delay with an aborted signal rejects without a timer", async () => {
  await expect(delay(1_000, { signal: AbortSignal.abort("gone") })).rejects.toBe("gone");
  expect(vi.getTimerCount()).toBe(0);
});

test("delay leaves no listener on the signal", async () => {
  const { signal } = new AbortController();
  const waiting = delay(1_000, { signal });
  expect(getEventListeners(signal, "abort")).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1_000);
  await waiting;
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test.each([2 ** 31, 1e15, Number.POSITIVE_INFINITY])(
  "delay of %d ms, longer than a timer can be, doesn't end at once",
  async (ms) => {
    let done = false;
    const controller = new AbortController();
    const waiting = delay(ms, { signal: controller.signal }).then(
      () => {
        done = true;
      },
      () => {},
    );
    await vi.advanceTimersByTimeAsync(24 * 24 * 3_600_000);
    expect(done).toBe(false);
    controller.abort();
    await waiting;
  },
);
