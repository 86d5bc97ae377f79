import * as fc from "fast-check";
import { expect, test } from "vitest";
import { withoutUndefined } from "../../src/json/without-undefined.js";

test("withoutUndefined drops what is undefined, at any depth, and nothing else", () => {
  const value = { a: undefined, b: { c: undefined, d: null }, e: [{ f: undefined }, 0, ""] };
  expect(withoutUndefined(value)).toStrictEqual({ b: { d: null }, e: [{}, 0, ""] });
});

test("withoutUndefined gives a copy of JSON that shares nothing with it", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const copy = withoutUndefined(value);
      expect(JSON.stringify(copy)).toBe(JSON.stringify(value));
      if (typeof value === "object" && value !== null) expect(copy).not.toBe(value);
    }),
  );
});

test("withoutUndefined keeps a key __proto__ a key, to be refused later", () => {
  const copy = withoutUndefined(JSON.parse('{"__proto__":{"a":1}}')) as object;
  expect(Object.keys(copy)).toEqual(["__proto__"]);
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
});
