import { afterEach, expect, test, vi } from "vitest";
import { Registry } from "../../src/index.js";

const game = { id: "a", type: "game", mode: "skywars", host: "10.0.0.1", port: 1 } as const;
const matches = { m: { status: "ready", need: 4 } } as const;

afterEach(() => {
  vi.useRealTimers();
});

test("a watch hears of an expiry and of the end of the grace without any call", async () => {
  const registry = new Registry({ graceMs: 20 });
  registry.register(game, { ttlMs: 20 });
  const told: string[] = [];
  for await (const change of registry.watch()) {
    told.push(change.kind === "removed" ? change.reason : change.kind);
    if (change.kind === "removed") break;
  }
  expect(told).toEqual(["updated", "expired"]);
});

test("a drain hears of a lease's expiry without any call", async () => {
  const registry = new Registry();
  registry.register({ ...game, matches });
  registry.claimSeats({ mode: "skywars", ttlMs: 20 });
  expect((await registry.drain("a")).state).toBe("drained");
});

test("an expiry that comes nearer while somebody waits is told in time", async () => {
  const registry = new Registry();
  registry.register(game, { ttlMs: 3_600_000 });
  const changes = registry.watch()[Symbol.asyncIterator]();
  const next = changes.next();
  registry.heartbeat("a", { ttlMs: 20 });
  expect(await next).toMatchObject({ value: { server: { availability: "expired" } } });
  await changes.return?.();
});

test("timers run only while somebody watches or drains", async () => {
  vi.useFakeTimers();
  const registry = new Registry();
  registry.register({ ...game, matches }, { ttlMs: 1_000 });
  registry.claimSeats({ mode: "skywars" });
  expect(vi.getTimerCount()).toBe(0);
  const changes = registry.watch()[Symbol.asyncIterator]();
  expect(vi.getTimerCount()).toBe(0);
  const next = changes.next();
  expect(vi.getTimerCount()).toBe(1);
  await changes.return?.();
  expect(await next).toEqual({ done: true, value: undefined });
  expect(vi.getTimerCount()).toBe(0);
  const controller = new AbortController();
  const drain = registry.drain("a", { signal: controller.signal, deadlineMs: 5_000 });
  expect(vi.getTimerCount()).toBe(2);
  controller.abort(new Error("enough"));
  await expect(drain).rejects.toThrow("enough");
  expect(vi.getTimerCount()).toBe(0);
});

test("a deadline beyond what a timer can hold is kept", async () => {
  vi.useFakeTimers();
  const registry = new Registry();
  registry.register({ ...game, players: 1 });
  const deadlineMs = 30 * 86_400_000;
  let state = "waiting";
  const drain = registry.drain("a", { deadlineMs }).then((result) => {
    state = result.state;
  });
  await vi.advanceTimersByTimeAsync(deadlineMs - 1);
  expect(state).toBe("waiting");
  await vi.advanceTimersByTimeAsync(1);
  await drain;
  expect(state).toBe("deadline");
});

test("disposal ends the watches and drains, and leaves no timer", async () => {
  vi.useFakeTimers();
  const registry = new Registry();
  registry.register({ ...game, players: 1 }, { ttlMs: 1_000 });
  const next = registry.watch()[Symbol.asyncIterator]().next();
  const drain = registry.drain("a", { deadlineMs: 5_000 });
  const refused = expect(drain).rejects.toMatchObject({ code: "DISPOSED" });
  await registry[Symbol.asyncDispose]();
  // The drain's own mark came before the disposal, and is not told any more.
  expect(await next).toEqual({ done: true, value: undefined });
  await refused;
  expect(vi.getTimerCount()).toBe(0);
});
