import { open } from "node:fs/promises";
import { expect, test } from "vitest";
import { hdiff } from "../src/index.js";
import { randomBytes } from "./compress/lzma2/block-content.js";
import { WorkFolder } from "./fixture/work-folder.js";

const oldBytes = 2 ** 32 + 2 ** 27;
const islandBytes = 2 ** 17;
/** One of them lies across the place at which 32 bits end. */
const places = [12_345, 2 ** 31 - 777, 2 ** 32 - islandBytes / 2, oldBytes - islandBytes];

// Cheap sparse files are Linux's here.
test.skipIf(process.platform !== "linux")(
  "a patch to an old file of more than 4 GiB has what the new one took from all of it, in little memory",
  { timeout: 300_000 },
  async () => {
    const folder = await WorkFolder.make();
    const islands = places.map((_, number) => randomBytes(islandBytes, number + 1));
    {
      await using file = await open(folder.path("old"), "wx");
      await file.truncate(oldBytes);
      for (const [number, place] of places.entries()) {
        await file.write(islands[number] as Uint8Array, 0, islandBytes, place);
      }
    }
    const [first, second, third, fourth] = islands as [Buffer, Buffer, Buffer, Buffer];
    const edited = third.map((byte, at) => (at % 10_000 === 77 ? byte + 1 : byte));
    const next = Buffer.concat([
      fourth,
      new Uint8Array(300_000),
      edited,
      randomBytes(100, 50),
      first.subarray(1_001),
      second,
      fourth.subarray(0, 50_000),
    ]);
    const newPath = await folder.write("new", next);
    const { patchBytes } = await hdiff.generate(folder.path("old"), newPath, folder.path("patch"), {
      ...{ maxMemoryBytes: 160 * 2 ** 20, effort: "fast", codec: "zlib" },
    });
    expect(patchBytes).toBeLessThan(1_000);
    await hdiff.apply(folder.path("old"), folder.path("patch"), folder.path("made"));
    expect((await folder.read("made")).equals(next)).toBe(true);
    expect(await folder.names()).toEqual(["made", "new", "old", "patch"]);
  },
);
