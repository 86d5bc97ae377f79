import { expect, test } from "vitest";
import { testServerRegistry } from "../../../src/conformance/index.js";
import { failingTests } from "../failing-tests.js";
import { brokenClaims } from "./broken-claims.js";
import { brokenFinds } from "./broken-finds.js";
import { brokenLife } from "./broken-life.js";
import { brokenOptions } from "./broken-options.js";
import { brokenRecords } from "./broken-records.js";
import { brokenUpdates } from "./broken-updates.js";
import { ReferenceRegistry } from "./reference-registry.js";

testServerRegistry({ test, create: async (settings) => new ReferenceRegistry(settings) });

const broken = [
  ...brokenOptions,
  ...brokenFinds,
  ...brokenRecords,
  ...brokenUpdates,
  ...brokenClaims,
  ...brokenLife,
];

for (const { fault, create, noticedBy } of broken) {
  // Some wait in vain for what never comes.
  test.concurrent(`the registry suite notices that ${fault}`, async () => {
    const { failed } = await failingTests(
      (test) => testServerRegistry({ test, create }),
      noticedBy,
    );
    expect(new Set(failed)).toEqual(new Set(noticedBy));
  });
}

test("the registry suite's tests have names of their own", async () => {
  const { names, failed } = await failingTests((test) =>
    testServerRegistry({ test, create: (settings) => new ReferenceRegistry(settings) }),
  );
  expect(failed).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});

test("the registry suite disposes each registry, also after a test that failed", async () => {
  const registries: ReferenceRegistry[] = [];
  const only = ["list() filters by type", "list() is in the order of registration"];
  const { failed } = await failingTests(
    (test) =>
      testServerRegistry({
        test,
        create: (settings) => {
          const registry = new ReferenceRegistry(settings);
          if (registries.length % 2 === 0) registry.list = async () => [];
          registries.push(registry);
          return registry;
        },
      }),
    only,
  );
  expect(failed).toHaveLength(1);
  expect(registries.map(({ disposed }) => disposed)).toEqual([true, true]);
});
