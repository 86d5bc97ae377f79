import assert from "node:assert/strict";
import { hasErrorCode } from "../../error/potassium-error.js";
import { makePatch } from "./made-patch.js";
import { expectRefusal } from "./refusal.js";
import { noise, text } from "./sample-bytes.js";
import type { PatchEngineSuite } from "./suite.js";

const noPatch = ["CORRUPT_PATCH", "UNSUPPORTED_FORMAT"] as const;

const garbage: Readonly<Record<string, Buffer>> = {
  "an empty file": Buffer.alloc(0),
  "one byte": Buffer.alloc(1),
  zeros: Buffer.alloc(10_000),
  "the largest bytes": Buffer.alloc(10_000, 0xff),
  noise: noise(10_000, 8),
  text: text(10_000),
};

export function testBadPatches({ check }: PatchEngineSuite): void {
  for (const [what, bytes] of Object.entries(garbage)) {
    check(
      `a patch that is ${what} is refused, and the output left alone`,
      async (engine, folder) => {
        const oldPath = await folder.write("old.bin", text(5_000));
        const patchPath = await folder.write("bad.patch", bytes);
        const newPath = folder.path("new.bin");
        await expectRefusal(folder, noPatch, () => engine.apply(oldPath, patchPath, newPath));
        await folder.write("new.bin", text(100));
        await expectRefusal(folder, noPatch, () => engine.apply(oldPath, patchPath, newPath));
        await expectRefusal(folder, noPatch, () => engine.apply(oldPath, patchPath, oldPath));
      },
    );
  }

  check("a patch that was cut anywhere is refused", async (engine, folder) => {
    const { oldPath, patchPath, newPath } = await makePatch(engine, folder);
    const whole = await folder.read("a.patch");
    for (const kept of samplePlaces(whole.length, 40)) {
      await folder.write("a.patch", whole.subarray(0, kept));
      await expectRefusal(folder, noPatch, () => engine.apply(oldPath, patchPath, newPath));
    }
  });

  check("a patch with a changed bit never brings forth a wrong file", async (engine, folder) => {
    const { oldPath, patchPath, newPath, newBytes, newSha256 } = await makePatch(engine, folder);
    const options = { expected: { newSha256 }, maxNewBytes: 10 * newBytes.length };
    const whole = await folder.read("a.patch");
    for (const place of samplePlaces(whole.length, 120)) {
      const changed = Buffer.from(whole);
      changed[place] = (changed[place] ?? 0) ^ (1 << (place % 8));
      await folder.write("a.patch", changed);
      try {
        await engine.apply(oldPath, patchPath, newPath, options);
        // A bit that means nothing, such as a reserved one, may be overlooked.
        assert.ok((await folder.read("new.bin")).equals(newBytes), `byte ${place}: wrong output`);
      } catch (error) {
        assert.ok(
          hasErrorCode(error, ...noPatch, "CODEC_UNAVAILABLE", "HASH_MISMATCH", "TOO_LARGE"),
          `byte ${place}: ${String(error)}`,
        );
        assert.deepEqual(await folder.names(), ["a.patch", "old.bin", "wanted.bin"]);
      }
      await folder.removeFile("new.bin");
    }
  });

  check(
    "a patch with bytes after its end never brings forth a wrong file",
    async (engine, folder) => {
      const { oldPath, patchPath, newPath, newBytes } = await makePatch(engine, folder);
      await folder.write("a.patch", Buffer.concat([await folder.read("a.patch"), noise(100, 1)]));
      try {
        await engine.apply(oldPath, patchPath, newPath);
        assert.ok((await folder.read("new.bin")).equals(newBytes));
      } catch (error) {
        assert.ok(hasErrorCode(error, ...noPatch), String(error));
        assert.deepEqual(await folder.names(), ["a.patch", "old.bin", "wanted.bin"]);
      }
    },
  );
}

/** Places from 0 to size - 1: all near the ends, and some in between. */
function samplePlaces(size: number, count: number): number[] {
  const places = new Set<number>();
  for (let place = 0; place < size; place += 1) {
    const nearEnd = place < count / 4 || place >= size - count / 4;
    if (nearEnd || place % Math.ceil((2 * size) / count) === 0) places.add(place);
  }
  return [...places];
}
