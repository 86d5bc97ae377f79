import { expect, test } from "vitest";
import { forEachBounded } from "../../src/tree/for-each-bounded.js";
import { rejectionOf } from "../fixture/rejection-of.js";

const items = Array.from({ length: 20 }, (_, index) => index);
const turn = () => new Promise((resolve) => setImmediate(resolve));

test("every item is worked on once, in order, and no more at once than allowed", async () => {
  const begun: number[] = [];
  let [running, most] = [0, 0];
  await forEachBounded(items, 3, async (item) => {
    begun.push(item);
    most = Math.max(most, ++running);
    await turn();
    running--;
  });
  expect(begun).toEqual(items);
  expect(most).toBe(3);
});

test("after an error no more begin, and those under way are waited for", async () => {
  let [begun, ended] = [0, 0];
  const error = await rejectionOf(() =>
    forEachBounded(items, 4, async (item) => {
      begun++;
      try {
        if (item === 5) throw new Error("no");
        await turn();
        await turn();
      } finally {
        ended++;
      }
    }),
  );
  expect(error).toMatchObject({ message: "no" });
  expect(begun).toBeLessThan(items.length);
  expect(ended).toBe(begun);
});

test("an abort rejects with its reason, also with nothing to do", async () => {
  const signal = AbortSignal.abort("gone");
  const work = async () => {
    throw new Error("must not begin");
  };
  expect(await rejectionOf(() => forEachBounded(items, 2, work, signal))).toBe("gone");
  expect(await rejectionOf(() => forEachBounded([], 2, work, signal))).toBe("gone");
});
