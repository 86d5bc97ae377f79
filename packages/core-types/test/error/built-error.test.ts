import { expect, test } from "vitest";

test("a class of the built package keeps its name, by which Node prints it", async () => {
  const built = new URL("../../dist/index.js", import.meta.url).href;
  const { ProviderError } = (await import(built)) as typeof import("../../src/index.js");
  const error = new ProviderError("NOT_FOUND", "there is no a");
  expect([error.constructor.name, error.name]).toEqual(["ProviderError", "ProviderError"]);
});
