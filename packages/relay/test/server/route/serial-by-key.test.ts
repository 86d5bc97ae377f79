import fc from "fast-check";
import { expect, test } from "vitest";
import { SerialByKey } from "../../../src/server/route/serial-by-key.js";

test("tasks of one key never overlap, run in order, and a failure does not stop the next", async () => {
  const task = fc.record({ key: fc.constantFrom("a", "b"), fails: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(task), async (scheduler, tasks) => {
      const serial = new SerialByKey();
      const running = new Map<string, number>();
      const done: number[] = [];
      const results = tasks.map(({ key, fails }, index) =>
        serial.run(key, async () => {
          expect(running.get(key)).toBeUndefined();
          running.set(key, index);
          await scheduler.schedule(Promise.resolve());
          running.delete(key);
          done.push(index);
          if (fails) throw new Error(String(index));
          return index;
        }),
      );
      const outcomes = await scheduler.waitFor(Promise.allSettled(results));
      expect(outcomes.map(({ status }) => status === "rejected")).toEqual(
        tasks.map(({ fails }) => fails),
      );
      for (const key of ["a", "b"]) {
        const order = done.filter((index) => tasks[index]?.key === key);
        expect(order).toEqual(order.toSorted((x, y) => x - y));
      }
    }),
    { numRuns: 50 },
  );
});
