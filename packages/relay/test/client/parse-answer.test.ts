import fc from "fast-check";
import { expect, test } from "vitest";
import { parseRouteTable } from "../../src/client/parse-answer.js";

test("parsing a table that was written gives the table", () => {
  const backend = fc
    .tuple(fc.ipV4(), fc.integer({ min: 1, max: 65_535 }))
    .map((at) => at.join(":"));
  fc.assert(
    fc.property(fc.dictionary(fc.ipV4(), backend), (table) => {
      expect(parseRouteTable(JSON.stringify(table), "the answer")).toEqual(table);
    }),
  );
});

test.for([
  '{"::ffff:10.0.0.1":"10.0.0.2:1","10.0.0.1":"10.0.0.3:1"}',
  '{"10.0.0.1":"10.0.0.3:1","::ffff:10.0.0.1":"10.0.0.2:1"}',
])("of two spellings of an address the canonical one counts: %s", (body) => {
  expect(parseRouteTable(body, "the answer")).toEqual({ "10.0.0.1": "10.0.0.3:1" });
});

test("a malformed route is named, cut to a bound", () => {
  const body = JSON.stringify({ ["x".repeat(5_000)]: "10.0.0.2:1" });
  expect(() => parseRouteTable(body, "the answer")).toThrow(/malformed route: "x{299}…/);
});
