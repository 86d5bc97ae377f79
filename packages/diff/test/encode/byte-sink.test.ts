import fc from "fast-check";
import { expect, test } from "vitest";
import { ByteSink } from "../../src/encode/byte-sink.js";
import { readVarint } from "../../src/format/varint.js";
import { varint } from "../fixture/hdiff-encoder.js";

const powers = fc
  .tuple(fc.nat(52), fc.integer({ min: -1, max: 1 }))
  .map(([bits, more]) => 2 ** bits + more);
const anyInteger = fc.oneof(
  fc.maxSafeNat(),
  fc.nat(300),
  powers,
  fc.constant(Number.MAX_SAFE_INTEGER),
);

test("packed integers are read back, one behind the other, with their tags, in as few bytes as can be", () => {
  const entry = fc.record({
    value: anyInteger,
    tagBits: fc.constantFrom(0, 1, 2) as fc.Arbitrary<0 | 1 | 2>,
    anyTag: fc.nat(3),
  });
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 50 }), (entries) => {
      const sink = new ByteSink();
      for (const { value, tagBits, anyTag } of entries) {
        sink.putVarint(value, anyTag & ((1 << tagBits) - 1), tagBits);
      }
      const window = { buffer: sink.bytes, start: 0, end: sink.length };
      for (const { value, tagBits, anyTag } of entries) {
        const tag = anyTag & ((1 << tagBits) - 1);
        const start = window.start;
        expect((window.buffer[start] as number) >> (8 - tagBits)).toBe(tagBits === 0 ? 0 : tag);
        expect(readVarint(window, tagBits)).toBe(value);
        expect(window.start - start).toBe(varint(value, { tagBits }).length);
      }
      expect(window.start).toBe(window.end);
    }),
  );
});

test("the examples of the format's description are written", () => {
  const sink = new ByteSink();
  sink.putVarint(15_499, 0, 2);
  sink.putVarint(221, 0, 0);
  expect([...sink.bytes]).toEqual([0x20, 0xf9, 0x0b, 0x81, 0x5d]);
});

test("what was put is there in order, however much it is", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 3_000 }), { maxLength: 20 }), (parts) => {
      const sink = new ByteSink();
      for (const part of parts) {
        sink.put(part);
        sink.putByte(7);
      }
      const expected = Buffer.concat(parts.flatMap((part) => [part, Uint8Array.of(7)]));
      expect(sink.length).toBe(expected.length);
      expect(expected.equals(sink.bytes)).toBe(true);
    }),
  );
});

test("what was taken stays as it is when more is put", () => {
  const sink = new ByteSink();
  sink.put(Uint8Array.of(1, 2, 3));
  const taken = sink.take();
  sink.put(Uint8Array.of(4, 5));
  expect([...taken]).toEqual([1, 2, 3]);
  expect([...sink.bytes]).toEqual([4, 5]);
});
