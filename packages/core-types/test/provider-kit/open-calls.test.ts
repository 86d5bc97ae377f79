import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { ProviderError } from "../../src/index.js";
import { OpenCalls } from "../../src/provider-kit/index.js";

/** Waits until the signal aborts, then cleans up, which takes a turn. */
async function untilAborted(signal: AbortSignal, cleanedUp: () => void): Promise<never> {
  await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  await new Promise((resolve) => setImmediate(resolve));
  cleanedUp();
  throw signal.reason;
}

async function* counting(signal: AbortSignal, onRelease: () => void) {
  try {
    for (let count = 1; ; count += 1) {
      if (count > 2) await untilAborted(signal, () => {});
      yield count;
    }
  } finally {
    onRelease();
  }
}

test("close() aborts open calls with its error and waits until they have cleaned up", async () => {
  const calls = new OpenCalls();
  let clean = false;
  const call = calls.run({}, (signal) =>
    untilAborted(signal, () => {
      clean = true;
    }),
  );
  call.catch(() => {});
  await calls.close();
  expect(clean).toBe(true);
  await expect(call).rejects.toMatchObject({ code: "DISPOSED" });
  await expect(calls.run({}, async () => 1)).rejects.toMatchObject({ code: "DISPOSED" });
  await expect(calls.stream({}, "end", async function* () {}).next()).rejects.toMatchObject({
    code: "DISPOSED",
  });
});

test("a call sees the caller's abort, and lets go of the signal when it is over", async () => {
  const calls = new OpenCalls();
  const controller = new AbortController();
  const reason = new Error("enough");
  expect(await calls.run({ signal: controller.signal }, async () => 7)).toBe(7);
  expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  const call = calls.run({ signal: controller.signal }, (signal) => untilAborted(signal, () => {}));
  controller.abort(reason);
  await expect(call).rejects.toBe(reason);
  await expect(calls.run({ signal: controller.signal }, async () => 1)).rejects.toBe(reason);
});

test("a stream can be left while it waits, and its source is released", async () => {
  let released = 0;
  const stream = new OpenCalls().stream({}, "failure", (signal) =>
    counting(signal, () => {
      released += 1;
    }),
  );
  expect((await stream.next()).value).toBe(1);
  expect((await stream.next()).value).toBe(2);
  const waiting = stream.next();
  await stream.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(released).toBe(1);
});

test("closing ends a stream or fails it, as was asked for", async () => {
  for (const [whenClosed, outcome] of [
    ["end", { status: "fulfilled", value: { done: true, value: undefined } }],
    ["failure", { status: "rejected" }],
  ] as const) {
    const calls = new OpenCalls(() => new ProviderError("NOT_FOUND", "gone"));
    const stream = calls.stream({}, whenClosed, (signal) => counting(signal, () => {}));
    await stream.next();
    await stream.next();
    const waiting = Promise.allSettled([stream.next()]);
    await calls.close();
    expect((await waiting)[0]).toMatchObject(outcome);
  }
});

test("a reader that stopped reading does not hold up the close, and its source is released", async () => {
  let released = 0;
  const calls = new OpenCalls();
  const stream = calls.stream({}, "failure", (signal) =>
    counting(signal, () => {
      released += 1;
    }),
  );
  await stream.next();
  await calls.close();
  expect(released).toBe(1);
  await expect(stream.next()).rejects.toMatchObject({ code: "DISPOSED" });
});

test("values of batches come one by one, and an abort drops those that wait", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  let released = 0;
  const stream = new OpenCalls().streamBatches({ signal: controller.signal }, "end", () =>
    batches([[1, 2], [], [3, 4]], () => {
      released += 1;
    }),
  );
  expect([await stream.next(), await stream.next(), await stream.next()]).toEqual(
    [1, 2, 3].map((value) => ({ done: false, value })),
  );
  controller.abort(reason);
  await expect(stream.next()).rejects.toBe(reason);
  expect(released).toBe(1);
  expect(getEventListeners(controller.signal, "abort")).toEqual([]);
});

test("closing does not wait for a reader in the middle of a batch, who then sees why", async () => {
  let released = 0;
  const calls = new OpenCalls();
  const stream = calls.streamBatches({}, "failure", () =>
    batches([[1, 2, 3]], () => {
      released += 1;
    }),
  );
  await stream.next();
  await calls.close();
  expect(released).toBe(1);
  await expect(stream.next()).rejects.toMatchObject({ code: "DISPOSED" });
});

async function* batches(list: readonly (readonly number[])[], onRelease: () => void) {
  try {
    yield* list;
  } finally {
    onRelease();
  }
}
