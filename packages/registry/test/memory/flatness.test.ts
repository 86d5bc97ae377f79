import type { SeatOrder } from "@potassium/core-types";
import { expect, test } from "vitest";
import { SeatPool } from "../../src/memory/seat-pool.js";
import type { Ordered } from "../../src/memory/sorted-entries.js";

const orders: readonly SeatOrder[] = ["oldest", "fullest", "emptiest"];

test("a find looks at no more places among 50,000 than among 1,000", () => {
  for (const order of orders) {
    for (const seats of [1, 3, 8, 9]) {
      const looks = (count: number) => {
        const { pool, counter } = poolOf(count);
        counter.looks = 0;
        pool.first(seats, order);
        return counter.looks;
      };
      expect(looks(50_000), `${order}, ${seats} seats`).toBe(looks(1_000));
    }
  }
});

test("a claim and its release look at hardly more places among 50,000 than among 1,000", () => {
  for (const order of orders) {
    const looks = (count: number) => {
      const { pool, counter, frees } = poolOf(count);
      counter.looks = 0;
      for (let round = 0; round < 100; round += 1) {
        const entry = pool.first(2, order);
        const free = frees.get(entry as Ordered) ?? 0;
        pool.move(entry as Ordered, free, free - 2);
        pool.move(entry as Ordered, free - 2, free);
      }
      return counter.looks;
    };
    // Within a block a place is searched by halves; a block is never larger.
    expect(looks(50_000), order).toBeLessThan(2 * looks(1_000) + 100);
  }
});

/** Places with 1 to 8 free seats, which count how often their order is asked for. */
function poolOf(count: number) {
  const pool = new SeatPool<Ordered>();
  const counter = { looks: 0 };
  const frees = new Map<Ordered, number>();
  for (let index = 0; index < count; index += 1) {
    const entry = {
      get order() {
        counter.looks += 1;
        return index;
      },
    };
    frees.set(entry, 1 + (index % 8));
    pool.move(entry, 0, 1 + (index % 8));
  }
  return { pool, counter, frees };
}
