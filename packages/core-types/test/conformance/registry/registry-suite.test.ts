import { expect, test } from "vitest";
import { testServerRegistry } from "../../../src/conformance/index.js";
import { failingTests } from "../failing-tests.js";
import { brokenFinds } from "./broken-finds.js";
import { brokenRecords } from "./broken-records.js";
import { brokenUpdates } from "./broken-updates.js";
import { ReferenceRegistry } from "./reference-registry.js";

testServerRegistry({ test, create: async () => new ReferenceRegistry() });

for (const { fault, create, noticedBy } of [...brokenFinds, ...brokenRecords, ...brokenUpdates]) {
  test(`the registry suite notices that ${fault}`, async () => {
    const { failed } = await failingTests(
      (test) => testServerRegistry({ test, create }),
      noticedBy,
    );
    expect(new Set(failed)).toEqual(new Set(noticedBy));
  });
}

test("the registry suite's tests have names of their own", async () => {
  const { names, failed } = await failingTests((test) =>
    testServerRegistry({ test, create: () => new ReferenceRegistry() }),
  );
  expect(failed).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});

test("the registry suite disposes each registry, also after a test that failed", async () => {
  const registries: ReferenceRegistry[] = [];
  await failingTests((test) =>
    testServerRegistry({
      test,
      create: () => {
        const registry = new ReferenceRegistry();
        if (registries.length % 2 === 0) registry.list = async () => [];
        registries.push(registry);
        return registry;
      },
    }),
  );
  expect(registries.length).toBeGreaterThan(100);
  expect(registries.every((registry) => registry.disposed)).toBe(true);
});
