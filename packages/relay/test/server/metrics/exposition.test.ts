import fc from "fast-check";
import { expect, test } from "vitest";
import { expositionText } from "../../../src/server/metrics/exposition.js";
import { parseExposition } from "./parse-exposition.js";

test("HELP and labels with any text are read back as they were", () => {
  const tricky = fc.string({
    unit: fc.constantFrom("a", "\\", "n", '"', "\n", "{", "}", ",", "ß"),
  });
  fc.assert(
    fc.property(tricky, tricky, fc.integer(), (help, label, value) => {
      const samples = [{ labels: { one: label, two: "x" }, value }];
      const text = expositionText([{ name: "metric", type: "gauge", help, samples }]);
      const parsed = parseExposition(text).get("metric");
      expect(parsed).toEqual({
        type: "gauge",
        help,
        samples: new Map([[JSON.stringify({ one: label, two: "x" }), value]]),
      });
    }),
  );
});

test("a metric is written as HELP, TYPE and its samples", () => {
  const samples = [{ labels: { way: 'a"\\\n' }, value: 1 }, { value: 2 }];
  const text = expositionText([{ name: "m_total", type: "counter", help: "Back\\slash", samples }]);
  expect(text.split("\n")).toEqual([
    "# HELP m_total Back\\\\slash",
    "# TYPE m_total counter",
    'm_total{way="a\\"\\\\\\n"} 1',
    "m_total 2",
    "",
  ]);
});
