import { expect, test } from "vitest";
import { collectBytes } from "../../src/index.js";

test("collectBytes gives the pieces as one", async () => {
  expect([...(await collectBytes(pieces([1, 2], [], [3])))]).toEqual([1, 2, 3]);
  expect([...(await collectBytes(pieces()))]).toEqual([]);
});

test("collectBytes takes as many bytes as it may", async () => {
  expect([...(await collectBytes(pieces([1], [2, 3]), 3))]).toEqual([1, 2, 3]);
});

test("collectBytes ends in TOO_LARGE and leaves the stream", async () => {
  const stream = pieces([1], [2, 3], [4]);
  await expect(collectBytes(stream, 2)).rejects.toMatchObject({ code: "TOO_LARGE" });
  expect(await stream.next()).toEqual({ done: true, value: undefined });
});

test("collectBytes passes on what the stream throws", async () => {
  const failure = new Error("lost");
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(1);
    throw failure;
  }
  await expect(collectBytes(broken())).rejects.toBe(failure);
});

async function* pieces(...all: number[][]): AsyncGenerator<Uint8Array> {
  for (const bytes of all) yield Uint8Array.from(bytes);
}
