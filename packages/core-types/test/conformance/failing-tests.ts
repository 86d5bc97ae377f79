import type { TestFunction } from "../../src/conformance/test-runner.js";

/** Runs a conformance suite by itself, and gives the names of its tests and of those that failed. */
export async function failingTests(
  suite: (test: TestFunction) => void,
  /** Which tests to run. @default all */
  only?: readonly string[],
): Promise<{ readonly names: readonly string[]; readonly failed: readonly string[] }> {
  const tests: { readonly name: string; readonly body: () => Promise<void> }[] = [];
  suite((name, body) => tests.push({ name, body }));
  const failed: string[] = [];
  for (const { name, body } of tests) {
    if (only === undefined || only.includes(name)) await body().catch(() => failed.push(name));
  }
  return { names: tests.map(({ name }) => name), failed };
}
