import { expect, test } from "vitest";
import { PauseGate } from "../../src/apply/pause-gate.js";

test("a gate lets all pass that wait, once it is resumed, and none while it is paused", async () => {
  const gate = new PauseGate();
  await gate.passed();
  gate.pause();
  gate.pause();
  expect(gate.paused).toBe(true);
  const passed: number[] = [];
  const waiting = [1, 2].map((id) => gate.passed().then(() => passed.push(id)));
  await new Promise((resolve) => setImmediate(resolve));
  expect(passed).toEqual([]);
  gate.resume();
  gate.resume();
  await Promise.all(waiting);
  expect([passed, gate.paused]).toEqual([[1, 2], false]);
});

test("who waits goes on waiting where it is paused again before their turn", async () => {
  const gate = new PauseGate();
  gate.pause();
  let isPassed = false;
  const waiting = gate.passed().then(() => {
    isPassed = true;
  });
  gate.resume();
  gate.pause();
  await new Promise((resolve) => setImmediate(resolve));
  expect(isPassed).toBe(false);
  gate.resume();
  await waiting;
});

test("the signal ends the wait, and a call that comes too late", async () => {
  const gate = new PauseGate();
  gate.pause();
  const controller = new AbortController();
  const waiting = gate.passed({ signal: controller.signal });
  controller.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
  gate.resume();
  await expect(gate.passed({ signal: controller.signal })).rejects.toThrow("enough");
});
