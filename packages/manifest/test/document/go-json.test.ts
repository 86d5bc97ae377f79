import * as fc from "fast-check";
import { expect, test } from "vitest";
import { goJson } from "../../src/document/go-json.js";

const text = (value: unknown) => Buffer.from(goJson(value)).toString();

test("goJson escapes what Go escapes for HTML, and nothing else beyond ASCII", () => {
  expect(text("<>&\u2028\u2029")).toBe('"\\u003c\\u003e\\u0026\\u2028\\u2029"');
  expect(text("é游\u007f'/\u2027")).toBe('"é游\u007f\'/\u2027"');
});

test("goJson indents by two blanks, and ends without a new line", () => {
  expect(text({ a: [1], b: {}, c: [] })).toBe('{\n  "a": [\n    1\n  ],\n  "b": {},\n  "c": []\n}');
});

test("what goJson writes is read back as it was", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.stringify(JSON.parse(text(value)))).toBe(JSON.stringify(value));
    }),
  );
});
