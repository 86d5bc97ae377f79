import type { LogLine } from "@potassium/core-types";
import fc from "fast-check";
import { expect, test } from "vitest";
import { LogCursor } from "../../src/log/log-cursor.js";

/** A log whose lines have times in whole seconds, like Podman's; several share one. */
const log = fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 40 }).map((steps) => {
  let second = 1_767_322_000;
  return steps.map((step, index): LogLine => {
    second += step;
    const time = `${new Date(second * 1000).toISOString().slice(0, 19)}Z`;
    return { stream: "stdout", text: String(index), time };
  });
});

/** What an engine sends from a second on. */
function sentFrom(lines: readonly LogLine[], second: number | undefined): readonly LogLine[] {
  return lines.filter(({ time }) => second === undefined || Date.parse(time) / 1000 >= second);
}

test("reading that breaks off anywhere, any number of times, gives each line exactly once", () => {
  fc.assert(
    fc.property(log, fc.array(fc.nat({ max: 12 })), (lines, breaks) => {
      const cursor = new LogCursor();
      const given: string[] = [];
      let from: number | undefined;
      for (const length of [...breaks, Number.POSITIVE_INFINITY]) {
        for (const line of sentFrom(lines, from).slice(0, length)) {
          if (cursor.isNew(line)) given.push(line.text);
        }
        from = cursor.resume();
      }
      expect(given).toEqual(lines.map(({ text }) => text));
    }),
  );
});

test("lines that are known at the beginning are passed over, also after a break", () => {
  const time = "2026-01-02T03:04:05Z";
  const lines = ["old 1", "old 2", "new"].map(
    (text) => ({ stream: "stdout", text, time }) as const,
  );
  const cursor = new LogCursor(2);
  expect(lines.slice(0, 1).filter((line) => cursor.isNew(line))).toEqual([]);
  cursor.resume();
  expect(lines.filter((line) => cursor.isNew(line)).map(({ text }) => text)).toEqual(["new"]);
});

test("lines that the log has lost meanwhile take nothing from those of a later second", () => {
  const line = (second: number, text: string) =>
    ({ stream: "stdout", text, time: `2026-01-02T03:04:0${second}Z` }) as const;
  const cursor = new LogCursor();
  cursor.isNew(line(5, "rotated away"));
  cursor.isNew(line(5, "rotated away"));
  cursor.resume();
  expect([line(6, "a"), line(6, "b")].filter((next) => cursor.isNew(next))).toHaveLength(2);
});

test("before anything was read there is nothing to go on behind", () => {
  expect(new LogCursor().resume()).toBeUndefined();
});
