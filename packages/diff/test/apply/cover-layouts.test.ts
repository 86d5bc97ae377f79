import fc from "fast-check";
import { expect, test } from "vitest";
import { hdiff } from "../../src/index.js";
import { arbitraryPatch } from "../fixture/arbitrary-patch.js";
import { encodeHdiff13, encodeHdiffSf20 } from "../fixture/hdiff-encoder.js";
import { WorkFolder } from "../fixture/work-folder.js";

test("an HDIFF13 patch with any layout of covers brings forth the new file", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryPatch(true), async (patch) => {
      const made = await hdiff.applyBytes(patch.old, encodeHdiff13(patch));
      expect(Buffer.from(made)).toEqual(Buffer.from(patch.next));
    }),
    { numRuns: 200 },
  );
});

test("an HDIFFSF20 patch with any layout of covers and steps brings forth the new file", async () => {
  await fc.assert(
    fc.asyncProperty(
      arbitraryPatch(false),
      fc.integer({ min: 1, max: 13 }),
      async (patch, coversAStep) => {
        const made = await hdiff.applyBytes(patch.old, encodeHdiffSf20(patch, coversAStep));
        expect(Buffer.from(made)).toEqual(Buffer.from(patch.next));
      },
    ),
    { numRuns: 200 },
  );
});

test("covers that are larger than every buffer bring forth the new file", async () => {
  const old = Buffer.alloc(1_700_003);
  for (let place = 0; place < old.length; place += 1) old[place] = place ^ (place >> 7);
  const next = Buffer.concat([
    old.subarray(600_001),
    Buffer.from("fresh"),
    old.subarray(0, 1_300_007),
  ]);
  for (let place = 0; place < next.length; place += 99_991) next[place] = (next[place] ?? 0) + 5;
  const first = { oldPosition: 600_001, newPosition: 0, length: 1_100_002 };
  const second = { oldPosition: 0, newPosition: 1_100_007, length: 1_300_007 };
  const patch = { old, next, covers: [first, second] };

  const folder = await WorkFolder.make();
  const oldPath = await folder.write("old", old);
  for (const bytes of [encodeHdiff13(patch), encodeHdiffSf20(patch, 1)]) {
    const patchPath = await folder.write("patch", bytes);
    await hdiff.apply(oldPath, patchPath, folder.path("new"));
    expect((await folder.read("new")).equals(next)).toBe(true);
    expect(Buffer.from(await hdiff.applyBytes(old, bytes)).equals(next)).toBe(true);
  }
});
