import assert from "node:assert/strict";
import type { PatchEngine } from "../../update/patch-engine.js";
import { edited, noise, text } from "./sample-bytes.js";
import type { PatchEngineSuite } from "./suite.js";
import type { WorkFolder } from "./work-folder.js";

const sizes = [
  0,
  1,
  2,
  3,
  4,
  5,
  ...[4, 8, 12, 16].flatMap((k) => [2 ** k - 1, 2 ** k, 2 ** k + 1]),
];

/** Kinds of pairs: the old and new bytes of about a size. */
const pairs: Readonly<Record<string, (size: number) => readonly [old: Buffer, next: Buffer]>> = {
  "two files that are the same": (size) => [text(size), text(size)],
  "two files without anything in common": (size) => [noise(size, 1), noise(size, 2)],
  "an edited text": (size) => [text(size), edited(text(size))],
  "an edited file without a pattern": (size) => [noise(size, 3), edited(noise(size, 3))],
  "zeros alone": (size) => [Buffer.alloc(size), Buffer.alloc(size)],
  "zeros that become more": (size) => [Buffer.alloc(size), Buffer.alloc(2 * size + 1)],
  "zeros that become something": (size) => [Buffer.alloc(size), text(size)],
  "something that becomes zeros": (size) => [text(size), Buffer.alloc(size)],
  "a file that is cut": (size) => [text(size), text(size).subarray(0, Math.floor(size / 2))],
  "a file that grows": (size) => [text(size), Buffer.concat([text(size), noise(size, 4)])],
  "a file from nothing": (size) => [Buffer.alloc(0), text(size)],
  "a file that becomes empty": (size) => [text(size), Buffer.alloc(0)],
  "a file whose halves change places": (size) => {
    const [half, old] = [Math.floor(size / 2), noise(size, 5)];
    return [old, Buffer.concat([old.subarray(half), old.subarray(0, half)])];
  },
  "one byte over and over": (size) => [Buffer.alloc(size, 0xff), Buffer.alloc(size + 1, 0xff)],
};

export function testRoundTrips({ check, largeBytes }: PatchEngineSuite): void {
  for (const [what, pair] of Object.entries(pairs)) {
    check(`a patch brings forth ${what}, at each size`, async (engine, folder) => {
      for (const size of sizes) await expectRoundTrip(engine, folder, ...pair(size));
    });
  }

  check("a patch brings forth a large file", async (engine, folder) => {
    const old = noise(largeBytes, 6);
    await expectRoundTrip(engine, folder, old, edited(old));
  });

  check("an engine names its algorithm", async (engine) => {
    assert.match(engine.algorithm, /^[a-z0-9][a-z0-9._-]*$/);
  });
}

async function expectRoundTrip(
  engine: PatchEngine,
  folder: WorkFolder,
  old: Buffer,
  next: Buffer,
): Promise<void> {
  const oldPath = await folder.write("old", old);
  const wantedPath = await folder.write("wanted", next);
  const { patchBytes } = await engine.generate(oldPath, wantedPath, folder.path("patch"));
  assert.equal(patchBytes, (await folder.read("patch")).length);
  const { newBytes } = await engine.apply(oldPath, folder.path("patch"), folder.path("new"));
  assert.equal(newBytes, next.length);
  assert.ok((await folder.read("new")).equals(next), `wrong output for ${old.length} old bytes`);
  assert.deepEqual(await folder.names(), ["new", "old", "patch", "wanted"]);
}
