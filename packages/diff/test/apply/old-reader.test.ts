import fc from "fast-check";
import { expect, test } from "vitest";
import { OldReader, pageBytes } from "../../src/apply/old-reader.js";
import type { ByteSource } from "../../src/source/byte-source.js";

/** A file of which every byte tells its place, and which counts what is read. */
function madeSource(sizeBytes: number): ByteSource & { reads: number[] } {
  const reads: number[] = [];
  return {
    name: "made",
    sizeBytes,
    reads,
    async read(position, target) {
      reads.push(position);
      const count = Math.min(target.length, sizeBytes - position);
      for (let index = 0; index < count; index += 1) target[index] = byteAt(position + index);
      return count;
    },
  };
}

const byteAt = (place: number): number => (place ^ Math.floor(place / 251)) & 0xff;

async function readAll(reader: OldReader, position: number, count: number): Promise<Uint8Array> {
  const target = new Uint8Array(count);
  for (let done = 0; ; ) {
    done += reader.copy(position + done, target, done, count - done);
    if (done === count) return target;
    await reader.load(position + done);
  }
}

test("bytes at any place are read, across pages and up to the end", async () => {
  const sizeBytes = 3 * pageBytes + 1_234;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(sizeBytes), fc.nat(2 * pageBytes)), { maxLength: 6 }),
      async (pieces) => {
        const reader = new OldReader(madeSource(sizeBytes));
        for (const [position, length] of pieces) {
          const count = Math.min(length, sizeBytes - position);
          const bytes = await readAll(reader, position, count);
          const wrong = bytes.findIndex((byte, index) => byte !== byteAt(position + index));
          expect(wrong).toBe(-1);
        }
        await reader.close();
      },
    ),
    { numRuns: 20 },
  );
});

test("a file of up to 32 MiB is read once, however often and where it is asked for", async () => {
  const pages = 128;
  const source = madeSource(pages * pageBytes);
  const reader = new OldReader(source);
  for (let round = 0; round < 3; round += 1) {
    for (let page = 0; page < pages; page += 1) {
      const number = (page * 37 + round) % pages;
      const [byte] = await readAll(reader, number * pageBytes + 5, 1);
      expect(byte).toBe(byteAt(number * pageBytes + 5));
    }
  }
  await reader.close();
  expect(source.reads.length).toBe(pages);
});

test("pages of a larger file give way to others, and come back right", async () => {
  const pages = 300;
  const source = madeSource(pages * pageBytes);
  const reader = new OldReader(source);
  for (let round = 0; round < 2; round += 1) {
    for (let page = 0; page < pages; page += 1) {
      const place = ((page * 101) % pages) * pageBytes + page;
      const [byte] = await readAll(reader, place, 1);
      expect(byte).toBe(byteAt(place));
    }
  }
  await reader.close();
  expect(source.reads.length).toBeGreaterThan(pages);
});

test("a page that can't be read is an error each time, and none when only read ahead", async () => {
  const source = madeSource(4 * pageBytes);
  const broken: ByteSource = {
    ...source,
    read: (position, target) => {
      if (position >= 2 * pageBytes) return Promise.reject(new Error("the disk is broken"));
      return source.read(position, target);
    },
  };
  const reader = new OldReader(broken);
  await readAll(reader, 0, 2 * pageBytes);
  await expect(readAll(reader, 2 * pageBytes, 1)).rejects.toThrow("the disk is broken");
  await expect(readAll(reader, 2 * pageBytes, 1)).rejects.toThrow("the disk is broken");
  await reader.close();
});
