import * as fc from "fast-check";
import { expect, test } from "vitest";
import { DeadlineHeap, type Due } from "../../src/memory/deadline-heap.js";

test("items come when they are due, however often they were moved and taken out", () => {
  const step = fc.record({
    item: fc.nat(19),
    atMs: fc.option(fc.nat(100), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), fc.nat(100), (steps, nowMs) => {
      const heap = new DeadlineHeap<Due>();
      const items = Array.from({ length: 20 }, newItem);
      const expected = new Map<Due, number>();
      for (const { item: index, atMs } of steps) {
        const item = items[index] ?? newItem();
        if (atMs === undefined) heap.remove(item);
        else heap.set(item, atMs);
        expected.delete(item);
        if (atMs !== undefined) expected.set(item, atMs);
        expect(heap.nextMs).toBe(Math.min(Number.POSITIVE_INFINITY, ...expected.values()));
      }
      const due: number[] = [];
      for (let item = heap.takeDue(nowMs); item !== undefined; item = heap.takeDue(nowMs)) {
        due.push(expected.get(item) ?? -1);
      }
      const wanted = [...expected.values()].filter((atMs) => atMs <= nowMs);
      expect(due).toEqual(wanted.sort((a, b) => a - b));
    }),
  );
});

test("what never falls due is not kept", () => {
  const heap = new DeadlineHeap<Due>();
  const item = newItem();
  heap.set(item, 5);
  heap.set(item, Number.POSITIVE_INFINITY);
  expect([heap.nextMs, heap.takeDue(10)]).toEqual([Number.POSITIVE_INFINITY, undefined]);
});

function newItem(): Due {
  return { dueAtMs: Number.POSITIVE_INFINITY, heapIndex: -1 };
}
