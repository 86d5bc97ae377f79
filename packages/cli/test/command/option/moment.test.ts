import { expect, test } from "vitest";
import { moment } from "../../../src/command/option/moment.js";

test("a moment of RFC 3339 stays as it is", () => {
  for (const text of ["2026-01-02T03:04:05Z", "2026-01-02T03:04:05.678+01:00"]) {
    expect(moment(text)).toBe(text);
  }
});

test("a time is one before now", () => {
  const before = Date.now();
  const at = Date.parse(moment("10m"));
  expect(at).toBeGreaterThanOrEqual(before - 600_000);
  expect(at).toBeLessThanOrEqual(Date.now() - 600_000);
});

test.each(["", "10", "now", "2026-01-02", "2026-13-02T03:04:05Z", "2026-01-02T03:04:05", "-5m"])(
  "%j is refused",
  (text) => {
    expect(() => moment(text)).toThrow("It must be a moment");
  },
);
