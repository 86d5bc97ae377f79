import { expect, test } from "vitest";
import { frozenCopy } from "../../src/provider-kit/index.js";

test("a frozen copy is frozen at every depth, and the original is not", () => {
  const original = { labels: { a: "1" }, ports: [{ container: 1 }] };
  const copy = frozenCopy(original);
  expect(copy).toEqual(original);
  for (const part of [copy, copy.labels, copy.ports, copy.ports[0]]) {
    expect(Object.isFrozen(part)).toBe(true);
  }
  original.labels.a = "2";
  expect(copy.labels.a).toBe("1");
});
