import * as fc from "fast-check";
import { expect, test } from "vitest";
import { mergedEntries } from "../../src/memory/merged-entries.js";
import { type Ordered, SortedEntries } from "../../src/memory/sorted-entries.js";

test("entries come in order, whatever the order of adding and removing", () => {
  const orders = fc.uniqueArray(fc.nat(100_000), { maxLength: 3_000, minLength: 1_200 });
  fc.assert(
    fc.property(orders, fc.nat(), fc.nat(100_000), (added, seed, after) => {
      const sorted = new SortedEntries();
      const entries = added.map(entryOf);
      for (const entry of entries) sorted.add(entry);
      const kept = entries.filter((_, index) => (index * 31 + seed) % 3 === 0);
      for (const entry of entries) if (!kept.includes(entry)) sorted.remove(entry);
      const expected = kept.map(({ order }) => order).sort((a, b) => a - b);
      expect(ordersIn(sorted)).toEqual(expected);
      expect(sorted.size).toBe(expected.length);
      expect(sorted.first?.order).toBe(expected[0]);
      for (const from of [after, ...expected.slice(0, 5), ...expected.slice(-5)]) {
        expect(ordersIn(sorted, from)).toEqual(expected.filter((order) => order > from));
      }
    }),
    { numRuns: 20 },
  );
});

test("entries that are added at the end and removed at the front come in order", () => {
  const sorted = new SortedEntries();
  const entries = Array.from({ length: 5_000 }, (_, order) => entryOf(order));
  for (const [index, entry] of entries.entries()) {
    sorted.add(entry);
    const old = entries[index - 1_000];
    if (old !== undefined) sorted.remove(old);
  }
  expect([...mergedEntries([sorted])]).toEqual(entries.slice(-1_000));
});

test("several lists are gone through as one, in order", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(1_000)), fc.nat(1_000), (orders, after) => {
      const lists = Array.from({ length: 4 }, () => new SortedEntries());
      for (const order of orders) lists[order % 4]?.add(entryOf(order));
      const merged = Array.from(mergedEntries(lists, after), ({ order }) => order);
      expect(merged).toEqual(orders.filter((order) => order > after).sort((a, b) => a - b));
    }),
  );
});

test("an empty list has no first entry", () => {
  const sorted = new SortedEntries();
  const entry = entryOf(1);
  sorted.add(entry);
  sorted.remove(entry);
  expect([sorted.first, sorted.size, ordersIn(sorted)]).toEqual([undefined, 0, []]);
});

test("removing an entry that isn't there is refused", () => {
  const sorted = new SortedEntries();
  sorted.add(entryOf(1));
  expect(() => sorted.remove(entryOf(2))).toThrow("the index has lost entry 2");
  expect(() => sorted.remove(entryOf(1))).toThrow("the index has lost entry 1");
  expect(sorted.size).toBe(1);
});

function ordersIn(sorted: SortedEntries<Ordered>, after?: number): number[] {
  return Array.from(mergedEntries([sorted], after), ({ order }) => order);
}

function entryOf(order: number): Ordered {
  return { order };
}
