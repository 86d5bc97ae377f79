import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatLogRecord, parseLogRecord } from "../../src/log/log-record.js";

const lines = fc.record({
  stream: fc.constantFrom("stdout" as const, "stderr" as const),
  text: fc.string({ unit: "binary" }).map((text) => text.replaceAll("\n", "")),
  time: fc
    .date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
    .map((date) => date.toISOString()),
});

test("what is written is read again", () => {
  fc.assert(
    fc.property(lines, (line) => {
      const record = formatLogRecord(line);
      expect(record.endsWith("\n")).toBe(true);
      expect(parseLogRecord(record.slice(0, -1))).toEqual(line);
    }),
  );
});

test.each([
  "",
  "2026-01-02T03:04:05.678Z",
  "2026-01-02T03:04:05.678Z stdin x",
  "04:05.678Z stdout x",
])("%j is no record", (text) => expect(parseLogRecord(text)).toBeUndefined());
