import * as fc from "fast-check";
import { expect, test } from "vitest";
import { jsonShape } from "../../src/document/json-shape.js";

const shape = (text: string) => jsonShape(new TextEncoder().encode(text));

/** The same, told from the parsed value. */
function naive(value: unknown): { depth: number; containers: number } {
  if (typeof value !== "object" || value === null) return { depth: 0, containers: 0 };
  const inner = Object.values(value).map(naive);
  return {
    depth: 1 + Math.max(0, ...inner.map(({ depth }) => depth)),
    containers: 1 + inner.reduce((sum, { containers }) => sum + containers, 0),
  };
}

test("jsonShape counts as one does in the parsed value", () => {
  const nested = fc.jsonValue({ maxDepth: 6, stringUnit: "binary" });
  fc.assert(
    fc.property(nested, fc.constantFrom(0, 2), (value, indent) => {
      expect(shape(JSON.stringify(value, null, indent))).toEqual(naive(value));
    }),
    { numRuns: 300 },
  );
});

test("jsonShape passes over brackets and quotes within texts", () => {
  expect(shape('{"a":"[[{{\\"[\\\\"}')).toEqual({ depth: 1, containers: 1 });
});

test("jsonShape ends on text that is no JSON", () => {
  for (const text of ['"', '"\\', "]]]]", "[".repeat(100_000), '["a'])
    expect(shape(text).depth).toBeLessThanOrEqual(100_000);
});
