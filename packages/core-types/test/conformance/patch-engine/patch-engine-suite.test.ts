import { mkdtemp, readdir, rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { testPatchEngine } from "../../../src/conformance/index.js";
import { failingTests } from "../failing-tests.js";
import { brokenEngines } from "./broken-engines.js";
import { StoreEngine } from "./store-engine.js";

testPatchEngine({ test, create: () => new StoreEngine() });

for (const { fault, create, noticedBy } of brokenEngines) {
  test(`the patch engine suite notices that ${fault}`, async () => {
    const { failed } = await failingTests((test) => testPatchEngine({ test, create }), noticedBy);
    expect(new Set(failed)).toEqual(new Set(noticedBy));
  });
}

test("the patch engine suite's tests have names of their own, and leave no folder", async () => {
  const folder = await mkdtemp(join(tmpdir(), "potassium-suite-"));
  for (const variable of ["TMPDIR", "TEMP"]) vi.stubEnv(variable, folder);
  const { names, failed } = await failingTests((test) =>
    testPatchEngine({ test, create: () => new StoreEngine() }),
  );
  expect(failed).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
  vi.unstubAllEnvs();
  expect(await readdir(folder)).toEqual([]);
  await rmdir(folder);
});

test("the patch engine suite disposes each engine", async () => {
  let [made, disposed] = [0, 0];
  await failingTests((test) =>
    testPatchEngine({
      test,
      largeBytes: 200_000,
      create: async () => {
        made += 1;
        const dispose = async () => {
          disposed += 1;
        };
        return Object.assign(new StoreEngine(), { [Symbol.asyncDispose]: dispose });
      },
    }),
  );
  expect(made).toBeGreaterThan(40);
  expect(disposed).toBe(made);
});
