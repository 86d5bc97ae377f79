import * as fc from "fast-check";
import { expect, test } from "vitest";
import { LineDecoder, type LineDecoderOptions } from "../../src/provider-kit/index.js";

function decode(pieces: readonly Uint8Array[], options?: LineDecoderOptions): string[] {
  const decoder = new LineDecoder(options);
  return [...pieces.flatMap((piece) => decoder.push(piece)), ...decoder.end()];
}

function cut(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const size of sizes) {
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return [...pieces, bytes.subarray(at)];
}

const line = fc.string({ unit: fc.constantFrom("a", "ü", "€", "🎮", "\r", " ") });
const sizes = fc.array(fc.nat(9), { maxLength: 60 });

test("lines come out as they went in, however the bytes are cut", () => {
  const plain = line.map((text) => text.replaceAll("\r", ""));
  fc.assert(
    fc.property(fc.array(plain), sizes, fc.constantFrom("\n", "\r\n"), (lines, cuts, end) => {
      const bytes = Buffer.from(lines.map((text) => text + end).join(""));
      expect(decode(cut(bytes, cuts))).toEqual(lines);
    }),
  );
});

test("what comes out does not depend on how any bytes are cut, also where lines are too long", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 80 }),
      sizes,
      fc.integer({ min: 4, max: 12 }),
      (bytes, cuts, max) => {
        const mixed = bytes.map((byte) => (byte % 5 === 0 ? 10 : byte % 7 === 0 ? 13 : byte));
        const options = { maxLineBytes: max };
        expect(decode(cut(mixed, cuts), options)).toEqual(decode([mixed], options));
      },
    ),
  );
});

test("a line that is too long is cut between characters, and nothing of it is lost", () => {
  fc.assert(
    fc.property(line, sizes, fc.integer({ min: 4, max: 12 }), (text, cuts, max) => {
      const bytes = Buffer.from(`${text}\n`);
      const lines = decode(cut(bytes, cuts), { maxLineBytes: max, keepCarriageReturn: true });
      expect(lines.join("")).toBe(text);
      for (const part of lines) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(max + 1);
    }),
  );
});

test("a line of just the longest length is one line, with either line end", () => {
  expect(decode([Buffer.from("abcd\nabcd\r\nabcde\n")], { maxLineBytes: 4 })).toEqual([
    "abcd",
    "abcd",
    "abcd",
    "e",
  ]);
});

test("a last line without a line end comes at the end, and an empty rest does not", () => {
  expect(decode([Buffer.from("a\nb")])).toEqual(["a", "b"]);
  expect(decode([Buffer.from("a\n")])).toEqual(["a"]);
  expect(decode([])).toEqual([]);
});

test("empty lines are lines", () => {
  expect(decode([Buffer.from("\n\r\n\na")])).toEqual(["", "", "", "a"]);
});

test("the source may use its buffer again", () => {
  const decoder = new LineDecoder();
  const buffer = Buffer.from("old");
  decoder.push(buffer);
  buffer.write("new");
  expect(decoder.push(Buffer.from("\n"))).toEqual(["old"]);
});
