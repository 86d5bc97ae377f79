import { expect, test } from "vitest";
import { Breather } from "../src/breather.js";
import { ByteInput } from "../src/codec/byte-input.js";
import { sourceOf } from "./codec/fixture-section.js";
import { rejectionOf } from "./fixture/rejection-of.js";

test("other work gets its turn when 20 ms have passed since it had one, and not before", async () => {
  let now = 1_000;
  const breather = new Breather(undefined, () => now);
  expect(breather.breathe()).toBeUndefined();
  now += 19;
  expect(breather.breathe()).toBeUndefined();
  now += 1;
  let turns = 0;
  setImmediate(() => {
    turns += 1;
  });
  await breather.breathe();
  expect(turns).toBe(1);
  expect(breather.breathe()).toBeUndefined();
});

test("a decoder that makes nothing of what is in memory can be aborted", async () => {
  let now = 0;
  const controller = new AbortController();
  const reason = new Error("the caller has gone");
  // Each look at the clock takes a millisecond.
  const breather = new Breather(controller.signal, () => now++);
  const bytes = new Uint8Array(100);
  const section = {
    name: "covers",
    offset: 0,
    storedBytes: 100,
    rawBytes: 1,
    codec: "bz2",
  } as const;
  const input = new ByteInput(sourceOf(bytes), section, breather);
  setImmediate(() => controller.abort(reason));
  const error = await rejectionOf(async () => {
    for (let looks = 0; looks < 10_000; looks += 1) await input.ensure(1);
  });
  expect(error).toBe(reason);
});
