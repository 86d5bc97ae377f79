import { describe, expect, test } from "vitest";
import { Breather } from "../../src/breather.js";
import { ChunkReader } from "../../src/codec/chunk-reader.js";
import { fixtureOf, longFixtures, open, readAll } from "./fixture-section.js";

/** Gives pieces out of one buffer that is written over for each, as decoders do. */
function piecesOf(sizes: readonly number[]) {
  const shared = new Uint8Array(300_000);
  const left = [...sizes];
  let value = 0;
  return {
    closed: 0,
    async next() {
      const size = left.shift();
      if (size === undefined) return undefined;
      for (let at = 0; at < size; at++) shared[at] = value++;
      return shared.subarray(0, size);
    },
    async close() {
      this.closed += 1;
    },
  };
}

function readerOf(sizes: readonly number[], rawBytes?: number): ChunkReader {
  const section = { name: "covers", offset: 40, storedBytes: 1, rawBytes, codec: "bz2" } as const;
  return new ChunkReader(section, piecesOf(sizes), new Breather());
}

const corrupt = expect.objectContaining({ code: "CORRUPT_PATCH", offset: 40 });

describe("a section's reader", () => {
  test("makes bytes available in one piece across chunks, and loses none", async () => {
    const reader = readerOf([5, 1, 200_000, 3, 70_000], 270_009);
    const counts = [3, 4, 65_536, 1, 24, 60_000, 65_536, 9000, 65_536];
    let place = 0;
    for (const count of counts) {
      await reader.need(count);
      expect(reader.end - reader.start).toBeGreaterThanOrEqual(count);
      expect(reader.position).toBe(place);
      for (let index = 0; index < count; index++) {
        if (reader.buffer[reader.start + index] !== ((place + index) & 0xff)) {
          expect.fail(`byte ${place + index} is wrong`);
        }
      }
      reader.start += count;
      place += count;
    }
    while (await reader.fill()) {
      expect(reader.buffer[reader.start]).toBe(reader.position & 0xff);
      reader.start = reader.end;
    }
    expect(reader.position).toBe(270_009);
    await reader.expectEnd();
  });

  test("need() rejects with CORRUPT_PATCH where fewer bytes are left", async () => {
    const reader = readerOf([5, 5], 10);
    await reader.need(10);
    await expect(reader.need(11)).rejects.toEqual(corrupt);
  });

  test("expectEnd() rejects with CORRUPT_PATCH where bytes are left", async () => {
    await expect(readerOf([5], 5).expectEnd()).rejects.toEqual(corrupt);
  });

  test("gives none of a chunk that goes beyond the section's size", async () => {
    const reader = readerOf([5, 6], 10);
    expect(await reader.fill()).toBe(true);
    reader.start = reader.end;
    await expect(reader.fill()).rejects.toEqual(corrupt);
    expect(reader.position).toBe(11 - 0 - (reader.end - reader.start));
  });

  for (const { name, codec, bytes, content } of longFixtures) {
    test(`may be closed in the middle, and twice: ${name}`, async () => {
      const reader = await open(codec, bytes, content.length);
      await reader.need(100);
      await reader.close();
      await reader.close();
      expect(await reader.fill()).toBe(false);
    });

    test(`rejects with the signal's reason: ${name}`, async () => {
      const controller = new AbortController();
      const { signal } = controller;
      const reader = await open(codec, bytes, content.length, { signal, most: 20_000 });
      await reader.need(100);
      const reason = new Error("enough");
      controller.abort(reason);
      await expect(readAll(reader)).rejects.toBe(reason);
    });
  }

  test("reads nothing before it is asked to", async () => {
    const { bytes, content } = fixtureOf("small.lzma");
    const reader = await open("lzma", bytes, content.length, { section: { offset: 10_000 } });
    await reader.close();
  });
});
