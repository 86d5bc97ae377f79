import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesText, countText, timeText } from "../../src/output/amounts.js";
import { facts } from "../../src/output/facts.js";
import { oneLine, printable } from "../../src/output/printable.js";
import { styleFor } from "../../src/output/style.js";
import { table } from "../../src/output/table.js";

test("bytes are told in thousands, with three digits at most", () => {
  expect([0, 999, 1000, 1500, 99_949, 100_000, 999_499, 999_500, 2.5e12].map(bytesText)).toEqual([
    "0 B",
    "999 B",
    "1.0 kB",
    "1.5 kB",
    "99.9 kB",
    "100 kB",
    "999 kB",
    "1.0 MB",
    "2.5 TB",
  ]);
});

test("times are told by their largest units", () => {
  expect([0, 8_400, 59_400, 60_000, 125_000, 3_725_000].map(timeText)).toEqual([
    "0 s",
    "8 s",
    "59 s",
    "1:00 min",
    "2:05 min",
    "1:02:05 h",
  ]);
});

test("one thing is not told as several", () => {
  expect([countText(1, "file"), countText(1200, "patch", "patches")]).toEqual([
    "1 file",
    "1,200 patches",
  ]);
});

test("no control character from elsewhere reaches a terminal", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: it is them that must be gone.
      expect(printable(text)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/);
      expect(oneLine(text)).not.toMatch(/[\n\t]/);
    }),
  );
});

test("a table's columns stand under their titles, numbers to the right", () => {
  const rows = [
    ["e\u0301", "1", "x"],
    ["long name", "1000", "\u001b[2J"],
  ];
  expect(table(["NAME", ">SIZE", "NOTE"], rows).split("\n")).toEqual([
    "NAME       SIZE  NOTE",
    "e\u0301             1  x",
    "long name  1000  ?[2J",
    "",
  ]);
});

test("facts that are not known are left out", () => {
  const entries = [["a", "1"] as const, ["long", undefined] as const, ["bb", "2"] as const];
  expect(facts(entries)).toBe("a   1\nbb  2\n");
});

test("colours are shown on terminals, by FORCE_COLOR, and never with NO_COLOR", () => {
  const isColoured = (isTTY: boolean, env: Record<string, string>) =>
    styleFor({ isTTY }, env).bad("x") !== "x";
  expect(isColoured(true, {})).toBe(true);
  expect(isColoured(false, {})).toBe(false);
  expect(isColoured(false, { FORCE_COLOR: "1" })).toBe(true);
  expect(isColoured(true, { FORCE_COLOR: "0" })).toBe(false);
  expect(isColoured(true, { NO_COLOR: "1", FORCE_COLOR: "1" })).toBe(false);
  expect(isColoured(true, { NO_COLOR: "" })).toBe(true);
  expect(isColoured(true, { TERM: "dumb" })).toBe(false);
});
