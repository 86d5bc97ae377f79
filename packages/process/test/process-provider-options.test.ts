import { ProcessProvider, type ProcessProviderOptions } from "@potassium/process";
import { expect, test } from "vitest";

const images = {};

test.each<[Partial<ProcessProviderOptions>, string]>([
  [{ lifetime: "forever" as "owner" }, "lifetime"],
  [{ lifetime: "detached" }, "stateFolder"],
  [{ stateFolder: "relative" }, "stateFolder"],
  [{ hostAddress: "localhost" }, "hostAddress"],
  [{ portRange: "9-1" }, "portRange"],
  [{ logLimitBytes: 1000 }, "logLimitBytes"],
  [{ restartBackOff: { minMs: 0 } }, "restartBackOff"],
  [{ restartBackOff: { minMs: 100, maxMs: 50 } }, "restartBackOff"],
])("%j is refused at %s", (options, field) => {
  expect(() => new ProcessProvider({ images, ...options })).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", field }),
  );
});

test("a provider that was never used can be disposed of", async () => {
  await new ProcessProvider({ images })[Symbol.asyncDispose]();
});

test("a provider without options is refused", () => {
  // As plain JavaScript would call it.
  const options = undefined as unknown as ProcessProviderOptions;
  expect(() => new ProcessProvider(options)).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", field: "options" }),
  );
});
