import * as fc from "fast-check";
import { expect, test } from "vitest";
import { KeyedMutex } from "../../src/provider-kit/index.js";

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

test("bodies of one key run one at a time, in the order of the calls; others run beside them", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom("a", "b"), fc.nat(3), fc.boolean())),
      async (calls) => {
        const mutex = new KeyedMutex();
        const running = new Map<string, number>();
        const order: Record<string, number[]> = { a: [], b: [] };
        const results = calls.map(([key, turns, fails], index) =>
          mutex.run(key, async () => {
            expect(running.get(key) ?? 0).toBe(0);
            running.set(key, 1);
            order[key]?.push(index);
            for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
            running.set(key, 0);
            if (fails) throw new Error("failed");
            return index;
          }),
        );
        const settled = await Promise.allSettled(results);
        expect(settled.map(({ status }) => status === "rejected")).toEqual(
          calls.map(([, , fails]) => fails),
        );
        for (const key of ["a", "b"]) {
          expect(order[key]).toEqual(calls.flatMap(([own], index) => (own === key ? [index] : [])));
        }
      },
    ),
  );
});

test("one that gives up waiting never runs, and those behind it still wait for those before it", async () => {
  const mutex = new KeyedMutex();
  const first = gate();
  const seen: string[] = [];
  const one = mutex.run("k", () => first.opened);
  const controller = new AbortController();
  const reason = new Error("enough");
  const two = mutex.run("k", async () => seen.push("two"), { signal: controller.signal });
  const three = mutex.run("k", async () => seen.push("three"));
  controller.abort(reason);
  await expect(two).rejects.toBe(reason);
  expect(seen).toEqual([]);
  first.open();
  await Promise.all([one, three]);
  expect(seen).toEqual(["three"]);
});

test("an aborted signal rejects before the body runs", async () => {
  const reason = new Error("enough");
  const call = new KeyedMutex().run("k", async () => expect.fail("it ran"), {
    signal: AbortSignal.abort(reason),
  });
  await expect(call).rejects.toBe(reason);
});
