import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { AllocateRequest } from "../../src/index.js";
import { requestHash } from "../../src/provider-kit/index.js";

const request = fc.record(
  {
    image: fc.constantFrom("game", "lobby"),
    environment: fc.dictionary(fc.constantFrom("A", "B", "1", "2"), fc.string()),
    labels: fc.dictionary(fc.constantFrom("a", "b"), fc.constantFrom("1", "2")),
    command: fc.array(fc.string(), { minLength: 1 }),
    cpuLimit: fc.constantFrom(1, 2),
  },
  { requiredKeys: ["image"] },
);

function reversed<T>(value: T): T {
  if (Array.isArray(value) || typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, item]) => [key, reversed(item)])) as T;
}

test("the order of fields does not matter, nor fields that are undefined", () => {
  fc.assert(
    fc.property(request, (one) => {
      const other: AllocateRequest = { ...reversed(one), network: undefined };
      expect(requestHash(other)).toBe(requestHash(one));
    }),
  );
});

test("requests that differ have different hashes", () => {
  fc.assert(
    fc.property(request, request, (one, two) => {
      const same = JSON.stringify(sorted(one)) === JSON.stringify(sorted(two));
      expect(requestHash(one) === requestHash(two)).toBe(same);
    }),
  );
});

test("the order of a list matters: ports and arguments have one", () => {
  expect(requestHash({ image: "a", command: ["x", "y"] })).not.toBe(
    requestHash({ image: "a", command: ["y", "x"] }),
  );
});

function sorted(value: object): unknown {
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => [
      key,
      typeof item === "object" && !Array.isArray(item) ? sorted(item) : item,
    ]);
}
