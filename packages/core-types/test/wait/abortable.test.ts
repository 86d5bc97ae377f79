import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { abortable } from "../../src/index.js";

const never = new Promise<never>(() => {});

test("abortable settles as the promise does", async () => {
  const { signal } = new AbortController();
  const failure = new Error("no");
  await expect(abortable(Promise.resolve(7))).resolves.toBe(7);
  await expect(abortable(Promise.resolve(7), signal)).resolves.toBe(7);
  await expect(abortable(Promise.reject(failure))).rejects.toBe(failure);
  await expect(abortable(Promise.reject(failure), signal)).rejects.toBe(failure);
});

test("abortable rejects with the reason of a signal that aborts", async () => {
  const controller = new AbortController();
  const waiting = abortable(never, controller.signal);
  controller.abort("enough");
  await expect(waiting).rejects.toBe("enough");
});

test("abortable rejects with the reason of a signal that was aborted before", async () => {
  await expect(abortable(Promise.resolve(7), AbortSignal.abort("gone"))).rejects.toBe("gone");
});

test("abortable leaves no listener on the signal", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  await abortable(Promise.resolve(7), signal);
  await abortable(Promise.reject(new Error("no")), signal).catch(() => {});
  expect(getEventListeners(signal, "abort")).toEqual([]);
  const waiting = abortable(never, signal);
  expect(getEventListeners(signal, "abort")).toHaveLength(1);
  controller.abort();
  await waiting.catch(() => {});
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("a promise that rejects after the abort is no unhandled rejection", async () => {
  const unhandled: unknown[] = [];
  const listener = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", listener);
  try {
    let fail: (error: Error) => void = () => {};
    const late = new Promise<never>((_, reject) => {
      fail = reject;
    });
    await expect(abortable(late, AbortSignal.abort("gone"))).rejects.toBe("gone");
    fail(new Error("late"));
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).toEqual([]);
  } finally {
    process.off("unhandledRejection", listener);
  }
});

test("abortable takes what is only like a promise", async () => {
  const thenable: PromiseLike<number> = {
    // biome-ignore lint/suspicious/noThenProperty: something like a promise is what is tested
    then: (onFulfilled) => Promise.resolve(7).then(onFulfilled),
  };
  await expect(abortable(thenable, new AbortController().signal)).resolves.toBe(7);
});
