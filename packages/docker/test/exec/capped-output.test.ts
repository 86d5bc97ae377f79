import fc from "fast-check";
import { expect, test } from "vitest";
import { CappedOutput } from "../../src/exec/capped-output.js";

function capped(max: number, ...pieces: readonly (string | Uint8Array)[]): CappedOutput {
  const output = new CappedOutput(max);
  for (const piece of pieces) output.push(Buffer.from(piece as string));
  return output;
}

test("what fits is kept whole, a byte order mark at its beginning as well", () => {
  const output = capped(100, "\uFEFFone ", "two");
  expect(output.text()).toBe("\uFEFFone two");
  expect(output.truncated).toBe(false);
});

test("as much as just fits is not truncated, one byte more is", () => {
  expect(capped(3, "abc").truncated).toBe(false);
  const output = capped(3, "ab", "cd", "ef");
  expect([output.text(), output.truncated]).toEqual(["abc", true]);
});

test("a character that the cap cuts in two is left out", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.nat({ max: 40 }), (text, max) => {
      expect(text.startsWith(capped(max, text).text())).toBe(true);
    }),
  );
});

test("the bytes are copied: whoever pushed them may use them again", () => {
  const bytes = Buffer.from("abc");
  const output = new CappedOutput(10);
  output.push(bytes);
  bytes.fill("x");
  expect(output.text()).toBe("abc");
});
