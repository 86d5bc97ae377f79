import { expect, test } from "vitest";
import { requireLimits } from "../../src/limit/require-limits.js";
import { sampleEngine } from "../container/sample.js";

const image = "localhost/game:1";
const reason = "a rootless engine needs cgroup version 2 for limits";
const limitless = { ...sampleEngine, limitations: { resourceLimits: reason } };

test.each(["cpuLimit", "memoryLimit", "pidsLimit", "diskIoWriteBps"] as const)(
  "%s is NOT_SUPPORTED on an engine that would ignore it",
  (field) => {
    expect(() => requireLimits(limitless, { image, [field]: 1 })).toThrow(
      expect.objectContaining({ code: "NOT_SUPPORTED", field, message: `${field}: ${reason}` }),
    );
  },
);

test("limits are refused neither on other engines nor where there are none", () => {
  requireLimits(sampleEngine, { image, memoryLimit: 1 });
  requireLimits(limitless, { image });
});
