import { expect, test } from "vitest";
import { textPair } from "../../../src/command/option/text-pair.js";

test("pairs are collected, and a value may hold equals signs or nothing", () => {
  const pairs = ["region=eu", "url=a=b", "none="].reduce(
    (previous: ReturnType<typeof textPair> | undefined, text) => textPair(text, previous),
    undefined,
  );
  expect(pairs).toEqual({ region: "eu", url: "a=b", none: "" });
});

test("a key that is given twice is refused, and so is what is no pair", () => {
  expect(() => textPair("a=2", { a: "1" })).toThrow("a is given twice.");
  for (const text of ["", "a", "=b"]) {
    expect(() => textPair(text, undefined)).toThrow("It must be like key=value.");
  }
});

test("a key may be one that every object has", () => {
  expect(Object.entries(textPair("__proto__=x", { constructor: "y" }))).toEqual([
    ["constructor", "y"],
    ["__proto__", "x"],
  ]);
});
