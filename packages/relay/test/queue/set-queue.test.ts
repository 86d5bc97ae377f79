import fc from "fast-check";
import { expect, test } from "vitest";
import { SetQueue } from "../../src/queue/set-queue.js";

const item = fc.integer({ min: 0, max: 5 });
const step = fc.oneof(
  fc.record({ do: fc.constant("add" as const), item }),
  fc.record({ do: fc.constant("delete" as const), item }),
  fc.record({ do: fc.constant("take" as const) }),
);

test("a queue gives what a list without repetitions gives", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const queue = new SetQueue<number>();
      let list: number[] = [];
      for (const next of steps) {
        if (next.do === "take") expect(queue.take()).toBe(list.shift());
        else if (next.do === "delete") {
          queue.delete(next.item);
          list = list.filter((other) => other !== next.item);
        } else {
          queue.add(next.item);
          if (!list.includes(next.item)) list.push(next.item);
        }
        expect([...queue]).toEqual(list);
        expect(queue.size).toBe(list.length);
      }
    }),
    { numRuns: 1_000 },
  );
});
