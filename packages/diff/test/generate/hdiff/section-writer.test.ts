import * as nodeFileSystem from "node:fs/promises";
import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { MakeEncoder } from "../../../src/generate/hdiff/section-encoder.js";
import { SectionWriter } from "../../../src/generate/hdiff/section-writer.js";
import { Spool } from "../../../src/generate/hdiff/spool.js";
import { randomBytes } from "../../compress/lzma2/block-content.js";
import { WorkFolder } from "../../fixture/work-folder.js";

const blockBytes = 1_000;

/** A section whose blocks are deflated each by itself; notes what came. */
async function section(compressed: boolean) {
  const folder = await WorkFolder.make();
  const blocks: string[] = [];
  const befores: string[] = [];
  let done = 0;
  let closed = 0;
  const makeEncoder: MakeEncoder = (sink, largest) => ({
    async add({ before, bytes, isLast, isSmall }) {
      expect(bytes.length).toBeLessThanOrEqual(largest);
      blocks.push(`${isSmall ? "small " : ""}${bytes.length}${isLast ? " last" : ""}`);
      befores.push(Buffer.from(before).toString("latin1"));
      await sink(deflateRawSync(bytes));
    },
    close() {
      closed += 1;
    },
  });
  const writer = new SectionWriter(new Spool(nodeFileSystem, folder.path("part"), "patch"), {
    makeEncoder: compressed ? makeEncoder : undefined,
    blockBytes,
    historyBytes: 7,
    onDone(bytes) {
      done += bytes;
    },
  });
  const read = async () => {
    const parts: Uint8Array[] = [];
    for await (const part of writer.read()) parts.push(part);
    return Buffer.concat(parts);
  };
  return { writer, read, blocks, befores, done: () => done, closed: () => closed };
}

const zeros = (count: number): Uint8Array => new Uint8Array(count);

describe("a section of one block", () => {
  test("that shrinks is compressed", async () => {
    const { writer, read, blocks, done } = await section(true);
    await writer.add(zeros(300));
    await writer.add(zeros(700));
    await writer.end();
    expect(blocks).toEqual(["small 1000 last"]);
    expect((await read()).equals(deflateRawSync(zeros(1_000)))).toBe(true);
    expect(writer.rawBytes).toBe(1_000);
    expect(writer.compressedBytes).toBe((await read()).length);
    expect(done()).toBe(1_000);
  });

  test("that does not shrink is stored", async () => {
    const { writer, read, done } = await section(true);
    const bytes = randomBytes(900);
    await writer.add(bytes);
    await writer.end();
    expect(Buffer.compare(await read(), bytes)).toBe(0);
    expect([writer.rawBytes, writer.compressedBytes]).toEqual([900, 0]);
    expect(done()).toBe(900);
  });
});

test("a longer section comes in full blocks, the last of which is known as such", async () => {
  for (const [total, expected] of [
    [1_001, ["small 1000", "small 1 last"]],
    [1_250, ["small 1000", "small 250 last"]],
    [1_251, ["1000", "251 last"]],
    [3_000, ["1000", "1000", "1000 last"]],
    [3_500, ["1000", "1000", "1000", "500 last"]],
  ] as const) {
    const { writer, blocks, done } = await section(true);
    for (let left = total; left > 0; left -= 170) await writer.add(zeros(Math.min(170, left)));
    await writer.end();
    expect(blocks).toEqual(expected);
    expect(done()).toBe(total);
    expect(writer.compressedBytes).toBeGreaterThan(0);
  }
});

test("each block comes with what was before it, as far as may be referred to", async () => {
  const { writer, befores } = await section(true);
  const bytes = Buffer.from(Array.from({ length: 3_100 }, (_, at) => 32 + (at % 89)));
  for (let at = 0; at < bytes.length; at += 170) await writer.add(bytes.subarray(at, at + 170));
  await writer.end();
  const expected = [0, 1_000, 2_000, 3_000].map((end) =>
    bytes.toString("latin1", Math.max(0, end - 7), end),
  );
  expect(befores).toEqual(expected);
});

test("a section that came in one piece is cut into blocks", async () => {
  const { writer, blocks } = await section(true);
  await writer.add(zeros(2_100));
  await writer.end();
  expect(blocks).toEqual(["1000", "1000", "100 last"]);
});

test("without a codec all is stored", async () => {
  const { writer, read } = await section(false);
  await writer.add(zeros(2_500));
  await writer.end();
  expect((await read()).equals(zeros(2_500))).toBe(true);
  expect(writer.compressedBytes).toBe(0);
});

test("an empty section is nothing", async () => {
  const { writer, read, blocks } = await section(true);
  await writer.add(zeros(0));
  await writer.end();
  expect((await read()).length).toBe(0);
  expect([writer.rawBytes, writer.compressedBytes, blocks.length]).toEqual([0, 0, 0]);
});

test("a section that is given up closes its encoder", async () => {
  const { writer, closed } = await section(true);
  await writer.add(zeros(2_100));
  await writer[Symbol.asyncDispose]();
  expect(closed()).toBe(1);
});
