import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Entry } from "../../src/memory/entry.js";
import { SortedEntries } from "../../src/memory/sorted-entries.js";

test("entries come in order, whatever the order of adding and removing", () => {
  const orders = fc.uniqueArray(fc.nat(100_000), { maxLength: 3_000, minLength: 1_200 });
  fc.assert(
    fc.property(orders, fc.nat(), (added, seed) => {
      const sorted = new SortedEntries();
      const entries = added.map(entryOf);
      for (const entry of entries) sorted.add(entry);
      const kept = entries.filter((_, index) => (index * 31 + seed) % 3 === 0);
      for (const entry of entries) if (!kept.includes(entry)) sorted.remove(entry);
      const expected = kept.map(({ order }) => order).sort((a, b) => a - b);
      expect(Array.from(sorted, ({ order }) => order)).toEqual(expected);
      expect(sorted.size).toBe(expected.length);
      expect(sorted.first?.order).toBe(expected[0]);
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
  expect(Array.from(sorted)).toEqual(entries.slice(-1_000));
});

test("an empty list has no first entry", () => {
  const sorted = new SortedEntries();
  const entry = entryOf(1);
  sorted.add(entry);
  sorted.remove(entry);
  expect([sorted.first, sorted.size, [...sorted]]).toEqual([undefined, 0, []]);
});

test("removing an entry that isn't there is refused", () => {
  const sorted = new SortedEntries();
  sorted.add(entryOf(1));
  expect(() => sorted.remove(entryOf(2))).toThrow("the index has lost server-2");
  expect(sorted.size).toBe(1);
});

function entryOf(order: number): Entry {
  return {
    order,
    server: {
      id: `server-${order}`,
      type: "game",
      mode: "",
      host: "10.0.0.1",
      port: 1,
      players: 0,
      maxPlayers: 0,
      matches: {},
      metadata: {},
    },
    traits: { type: "game", mode: "", hasCapacity: false, readyMatchId: undefined },
  };
}
