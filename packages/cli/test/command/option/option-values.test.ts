import { expect, test } from "vitest";
import { byteCount } from "../../../src/command/option/byte-count.js";
import { duration } from "../../../src/command/option/duration.js";
import { repeated } from "../../../src/command/option/repeated.js";
import { wholeNumber } from "../../../src/command/option/whole-number.js";

test("bytes are a number, with a unit or without", () => {
  expect(["0", "4096", "64MiB", "64m", "1.5GB", "2 k", "3KiB"].map(byteCount)).toEqual([
    0, 4096, 67_108_864, 67_108_864, 1.5e9, 2048, 3072,
  ]);
  for (const wrong of ["", "MiB", "-1", "1e3", "1XB", "1.5.2", "constructor", "9007199254740993"]) {
    expect(() => byteCount(wrong), wrong).toThrow("must be a number of bytes");
  }
});

test("a time is a number of seconds, or has a unit", () => {
  expect(["0", "30", "500ms", "1.5s", "5m", "2h", "1d"].map(duration)).toEqual([
    0, 30_000, 500, 1500, 300_000, 7_200_000, 86_400_000,
  ]);
  for (const wrong of ["", "s", "-1s", "1 year", "1e3"]) {
    expect(() => duration(wrong), wrong).toThrow("must be a time");
  }
});

test("a whole number is within its bounds", () => {
  expect(wholeNumber()("0")).toBe(0);
  expect(wholeNumber(1, 5)("5")).toBe(5);
  for (const wrong of ["6", "0", "-1", "1.5", "", "x", "1e1"]) {
    expect(() => wholeNumber(1, 5)(wrong), wrong).toThrow("must be a whole number, 1 to 5");
  }
});

test("what is given several times is collected in its order", () => {
  expect(repeated("b", repeated("a", undefined))).toEqual(["a", "b"]);
});
