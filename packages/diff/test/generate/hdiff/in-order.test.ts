import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { inOrder } from "../../../src/generate/hdiff/in-order.js";

/** Work that is done when the test says so. */
function heldWork() {
  const held = new Map<
    number,
    { resolve: (result: string) => void; reject: (error: Error) => void }
  >();
  const work = (item: number) =>
    new Promise<string>((resolve, reject) => held.set(item, { resolve, reject }));
  return { work, held, begun: () => [...held.keys()] };
}

test("results come in the order of the items, whichever is done first", async () => {
  const { work, held } = heldWork();
  const results = inOrder([1, 2, 3], work, 3);
  const first = results.next();
  await turn();
  for (const item of [3, 2, 1]) held.get(item)?.resolve(`result ${item}`);
  expect((await first).value).toEqual([1, "result 1"]);
  expect((await results.next()).value).toEqual([2, "result 2"]);
  expect((await results.next()).value).toEqual([3, "result 3"]);
  expect((await results.next()).done).toBe(true);
});

test("no more are under way, or done and not taken, than may be", async () => {
  const { work, held, begun } = heldWork();
  const results = inOrder([1, 2, 3, 4], work, 2);
  const first = results.next();
  await turn();
  expect(begun()).toEqual([1, 2]);
  held.get(2)?.resolve("b");
  await turn();
  expect(begun()).toEqual([1, 2]);
  held.get(1)?.resolve("a");
  await first;
  await turn();
  expect(begun()).toEqual([1, 2]);
  await results.next();
  expect(begun()).toEqual([1, 2, 3]);
});

test("work that fails rejects in its turn, and what fails behind it goes unsaid", async () => {
  const { work, held } = heldWork();
  const results = inOrder([1, 2, 3], work, 3);
  const first = results.next();
  await turn();
  held.get(3)?.reject(new Error("third"));
  held.get(2)?.reject(new Error("second"));
  await turn();
  held.get(1)?.resolve("a");
  await first;
  await expect(results.next()).rejects.toThrow("second");
  expect((await results.next()).done).toBe(true);
});

test("nothing to do is nothing", async () => {
  expect((await inOrder([], heldWork().work, 3).next()).done).toBe(true);
});
