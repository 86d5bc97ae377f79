import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { Broadcast } from "../../src/provider-kit/index.js";

async function read<T>(stream: AsyncIterableIterator<T>, count: number): Promise<T[]> {
  const values: T[] = [];
  for (let index = 0; index < count; index += 1) {
    const result = await stream.next();
    if (result.done) break;
    values.push(result.value);
  }
  return values;
}

test("every reader gets every value, each at its own speed", async () => {
  const broadcast = new Broadcast<number>();
  const one = broadcast.subscribe();
  const two = broadcast.subscribe();
  broadcast.publish(1);
  expect(await read(one, 1)).toEqual([1]);
  broadcast.publish(2);
  expect(await read(two, 2)).toEqual([1, 2]);
  expect(await read(one, 1)).toEqual([2]);
});

test("a stream begins with the call of subscribe(), not with the first next()", async () => {
  const broadcast = new Broadcast<string>();
  broadcast.publish("before");
  const stream = broadcast.subscribe();
  broadcast.publish("after");
  expect(await read(stream, 1)).toEqual(["after"]);
});

test("a next() that waits gets the next value, and those that wait get them in order", async () => {
  const broadcast = new Broadcast<number>();
  const stream = broadcast.subscribe();
  const waiting = [stream.next(), stream.next()];
  broadcast.publish(1);
  broadcast.publish(2);
  expect((await Promise.all(waiting)).map(({ value }) => value)).toEqual([1, 2]);
});

test("leaving the loop by break or by an error releases the reader", async () => {
  const broadcast = new Broadcast<number>();
  const left = broadcast.subscribe();
  broadcast.publish(1);
  for await (const _ of left) break;
  expect(broadcast.readers).toBe(0);
  const thrown = broadcast.subscribe();
  broadcast.publish(1);
  await expect(async () => {
    for await (const _ of thrown) throw new Error("out");
  }).rejects.toThrow("out");
  expect(broadcast.readers).toBe(0);
});

test("return() ends a next() that waits", async () => {
  const stream = new Broadcast<number>().subscribe();
  const waiting = stream.next();
  await stream.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
});

test("a reader that falls too far behind reads what waits, then TOO_LARGE, then the end", async () => {
  const broadcast = new Broadcast<number>({ capacity: 3 });
  const slow = broadcast.subscribe();
  const quick = broadcast.subscribe();
  for (let value = 1; value <= 5; value += 1) {
    broadcast.publish(value);
    expect((await quick.next()).value).toBe(value);
  }
  expect(broadcast.readers).toBe(1);
  expect(await read(slow, 3)).toEqual([1, 2, 3]);
  await expect(slow.next()).rejects.toMatchObject({ code: "TOO_LARGE" });
  expect(await slow.next()).toEqual({ done: true, value: undefined });
});

test("an abort rejects with the signal's reason, drops what waits and lets go of the signal", async () => {
  const broadcast = new Broadcast<number>();
  const controller = new AbortController();
  const reason = new Error("enough");
  const stream = broadcast.subscribe({ signal: controller.signal });
  broadcast.publish(1);
  controller.abort(reason);
  await expect(stream.next()).rejects.toBe(reason);
  expect(broadcast.readers).toBe(0);
  const left = new AbortController();
  await broadcast.subscribe({ signal: left.signal }).return?.();
  expect(getEventListeners(left.signal, "abort")).toEqual([]);
  await expect(broadcast.subscribe({ signal: controller.signal }).next()).rejects.toBe(reason);
});

test("close() ends streams once they have given what waits, and later ones at once", async () => {
  const broadcast = new Broadcast<number>();
  const stream = broadcast.subscribe();
  broadcast.publish(1);
  broadcast.close();
  expect(await read(stream, 5)).toEqual([1]);
  expect(await read(broadcast.subscribe(), 5)).toEqual([]);
});
