import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatPortRange, PortRangeText, parsePortRange } from "../../src/index.js";
import { schemaTable } from "../schema-table.js";

schemaTable("PortRangeText", PortRangeText, {
  accepts: ["25565-25599", "25565", "1-65535", "7-7", " 1 - 2 "],
  rejects: [
    ["", ""],
    ["0", ""],
    ["0-5", ""],
    ["5-4", ""],
    ["1-65536", ""],
    ["1-", ""],
    ["-5", ""],
    ["1-2-3", ""],
    ["1..5", ""],
    ["a-b", ""],
    ["1e3-2e3", ""],
    ["000001-5", ""],
    [25_565, ""],
  ],
});

test("parsePortRange reads what formatPortRange writes", () => {
  const port = fc.integer({ min: 1, max: 65_535 });
  fc.assert(
    fc.property(port, port, (a, b) => {
      const range = { first: Math.min(a, b), last: Math.max(a, b) };
      expect(parsePortRange(formatPortRange(range))).toEqual(range);
    }),
  );
});

test("parsePortRange gives undefined or a range of ports in order for any text", () => {
  const text = fc.oneof(fc.string(), fc.stringMatching(/^[0-9 -]{0,12}$/));
  fc.assert(
    fc.property(text, (any) => {
      const range = parsePortRange(any);
      if (range === undefined) return;
      expect(range.first).toBeGreaterThanOrEqual(1);
      expect(range.last).toBeGreaterThanOrEqual(range.first);
      expect(range.last).toBeLessThanOrEqual(65_535);
    }),
  );
});

test("a range of one port is written as one number", () => {
  expect(formatPortRange({ first: 80, last: 80 })).toBe("80");
});
