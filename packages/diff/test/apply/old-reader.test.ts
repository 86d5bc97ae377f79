import fc from "fast-check";
import { expect, test } from "vitest";
import { OldReader, pageBytes } from "../../src/apply/old-reader.js";
import type { ByteSource } from "../../src/source/byte-source.js";
import { Random } from "../fuzz/random.js";

/** A file of which every byte tells its place, and which counts what is read. */
function madeSource(sizeBytes: number): ByteSource & { reads: number[]; readBytes: () => number } {
  const reads: number[] = [];
  let readBytes = 0;
  return {
    readBytes: () => readBytes,
    name: "made",
    sizeBytes,
    reads,
    async read(position, target) {
      reads.push(position);
      const count = Math.min(target.length, sizeBytes - position);
      readBytes += count;
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

test("a file of up to 16 MiB is read once, however often and where it is asked for", async () => {
  const pages = (16 * 1024 ** 2) / pageBytes;
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
  expect(source.readBytes()).toBe(pages * pageBytes);
});

test("pages of a larger file give way to others, and come back right", async () => {
  const pages = 900;
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
  expect(source.readBytes()).toBeGreaterThan(pages * pageBytes);
});

test("a page that can't be read is an error each time, and none when only read ahead", async () => {
  const source = madeSource(4 * pageBytes);
  const broken: ByteSource = {
    ...source,
    read: (position, target) => {
      if (position + target.length > 2 * pageBytes)
        return Promise.reject(new Error("the disk is broken"));
      return source.read(position, target);
    },
  };
  const reader = new OldReader(broken);
  await readAll(reader, 0, 2 * pageBytes);
  await expect(readAll(reader, 2 * pageBytes, 1)).rejects.toThrow("the disk is broken");
  await expect(readAll(reader, 2 * pageBytes, 1)).rejects.toThrow("the disk is broken");
  await reader.close();
});

test("a page that was read ahead stays while it is copied, also where all others are in use", async () => {
  const pages = Math.ceil((28 * 1024 ** 2) / pageBytes);
  // It fills the target as soon as it is asked to, before the promise settles.
  const reader = new OldReader({
    name: "eager",
    sizeBytes: pages * pageBytes,
    async read(position, target) {
      for (let at = 0; at < target.length; at += pageBytes) target[at] = byteAt(position + at);
      return target.length;
    },
  });
  const random = new Random(777, 0);
  let wrong = 0;
  const target = new Uint8Array(1);
  for (let round = 0; round < 100; round += 1) {
    const first = random.below(pages - 8);
    for (let page = first; page < first + 6; page += 1) {
      for (let other = 0; other < pages; other += 1) {
        if (other >= first && other <= first + 6) continue;
        const place = other * pageBytes;
        if (reader.copy(place, target, 0, 1) === 1 && target[0] !== byteAt(place)) wrong += 1;
      }
      const place = page * pageBytes;
      if ((await readAll(reader, place, 1))[0] !== byteAt(place)) wrong += 1;
    }
  }
  await reader.close();
  expect(wrong).toBe(0);
});

test("of a large file no more than 16 MiB and a few pages a byte are read for scattered bytes", async () => {
  const source = madeSource(30_000 * pageBytes);
  const reader = new OldReader(source);
  const random = new Random(5, 0);
  for (let place = 0; place < 1_000; place += 1) {
    await readAll(reader, random.below(source.sizeBytes), 1);
  }
  await reader.close();
  expect(source.readBytes()).toBeLessThan(16 * 1024 ** 2 + 3_100 * pageBytes);
});

test("a large file from front to end is read once, in large pieces", async () => {
  const source = madeSource(3000 * pageBytes);
  const reader = new OldReader(source);
  const target = new Uint8Array(1);
  for (let place = 0; place < source.sizeBytes; place += 4096) {
    while (reader.copy(place, target, 0, 1) < 1) await reader.load(place);
  }
  await reader.close();
  expect(source.readBytes()).toBe(source.sizeBytes);
  expect(source.reads.length).toBeLessThan(3000 / 6);
});
