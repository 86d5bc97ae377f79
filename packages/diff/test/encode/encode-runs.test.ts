import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Breather } from "../../src/breather.js";
import { openSection } from "../../src/codec/open-section.js";
import { type OpenedSection, RunDifferences } from "../../src/format/hdiff13/run-differences.js";
import { sampleContent } from "../codec/sample-content.js";
import { randomBytes } from "../compress/lzma2/block-content.js";
import { Opened } from "../match/opened.js";

async function opened(name: string, bytes: Uint8Array): Promise<OpenedSection> {
  const section = {
    ...{ name, offset: 0, codec: "stored" as const },
    storedBytes: bytes.length,
    rawBytes: bytes.length,
  };
  const source = {
    ...{ name, sizeBytes: bytes.length },
    async read(position: number, target: Uint8Array) {
      const part = bytes.subarray(position, position + target.length);
      target.set(part);
      return part.length;
    },
  };
  const limits = { maxNewBytes: 2 ** 30, maxWindowBytes: 2 ** 20 };
  return {
    section,
    reader: await openSection(source, section, limits, new Breather()),
  };
}

const module = new Opened(new Uint8Array(), { segmentBytes: 2 ** 20 });

function encode(...each: Uint8Array[]) {
  const { parts } = module;
  const [control, code]: [Uint8Array[], Uint8Array[]] = [[], []];
  for (const bytes of each) {
    module.room(parts.differences, bytes.length).set(bytes);
    const { value } = parts.differences;
    parts.encodeRuns(value, bytes.length, parts.control.value, parts.code.value);
    control.push(module.room(parts.control, parts.controlBytes()).slice());
    code.push(module.room(parts.code, parts.codeBytes()).slice());
    // The worst case that the memory is laid out for.
    expect(parts.controlBytes()).toBeLessThanOrEqual(bytes.length);
    expect(parts.codeBytes()).toBeLessThanOrEqual(bytes.length);
  }
  return {
    control: new Uint8Array(Buffer.concat(control)),
    code: new Uint8Array(Buffer.concat(code)),
  };
}

/** What the applier adds to zeros. */
async function decode({ control, code }: ReturnType<typeof encode>, size: number) {
  const sections = [await opened("control", control), await opened("code", code)] as const;
  const differences = new RunDifferences(...sections, size);
  const bytes = new Uint8Array(size);
  for (let place = 0; place < size; ) {
    place = differences.add(bytes, place, size);
    if (place < size) await differences.refill();
  }
  await differences.expectEnd();
  return bytes;
}

const runs = fc
  .array(
    fc.tuple(fc.oneof(fc.constantFrom(0, 255), fc.nat(255)), fc.integer({ min: 1, max: 50 })),
    {
      maxLength: 60,
    },
  )
  .map(
    (each) => new Uint8Array(Buffer.concat(each.map(([byte, count]) => Buffer.alloc(count, byte)))),
  );

describe("the applier reads back", () => {
  test("any differences, also those of several segments one behind the other", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(runs, { maxLength: 4 }), async (parts) => {
        const whole = Buffer.concat(parts);
        const decoded = await decode(encode(...parts), whole.length);
        expect(whole.equals(decoded)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ["nothing", new Uint8Array()],
    ["random bytes", randomBytes(300_000)],
    ["words, numbers and runs", sampleContent(300_000)],
    ["a million zeros", new Uint8Array(1_000_000)],
    ["a million times 255", new Uint8Array(1_000_000).fill(255)],
    ["a million times 3, from an odd place", new Uint8Array(1_000_001).fill(3).subarray(1)],
  ])("%s", async (_, bytes) => {
    const decoded = await decode(encode(bytes), bytes.length);
    expect(Buffer.compare(decoded, bytes)).toBe(0);
  });
});

test("random bytes grow by next to nothing, and long runs are a few bytes", () => {
  const random = encode(randomBytes(100_000));
  expect(random.control.length + random.code.length).toBeLessThan(100_100);
  const zeros = encode(new Uint8Array(1_000_000));
  expect([zeros.control.length, zeros.code.length]).toEqual([4, 0]);
  const threes = encode(new Uint8Array(1_000_000).fill(3));
  expect([threes.control.length, threes.code.length]).toEqual([4, 1]);
});
