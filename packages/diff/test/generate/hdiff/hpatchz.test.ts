import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writesZstd } from "../../../src/generate/hdiff/zstd-encoder.js";
import { applyWithTool } from "../../../src/tool/apply-with-tool.js";
import { sampleContent } from "../../codec/sample-content.js";
import { randomBytes } from "../../compress/lzma2/block-content.js";
import { WorkFolder } from "../../fixture/work-folder.js";
import { availableTool } from "../../tool/available-tool.js";
import { arbitraryPair } from "./arbitrary-pair.js";
import { generated } from "./generated.js";

const hpatchz = await availableTool("hpatchz");
const tools = { hpatchz: hpatchz?.path };
const codecs = (["stored", "zlib", "lzma2", "zstd"] as const).filter(
  (codec) => codec !== "zstd" || writesZstd(),
);
const efforts = ["fast", "balanced", "smallest"] as const;

async function appliesByHpatchz(folder: WorkFolder, next: Uint8Array): Promise<boolean> {
  await applyWithTool(folder.path("old"), folder.path("patch"), folder.path("made"), { tools });
  return Buffer.compare(await folder.read("made"), next) === 0;
}

describe.skipIf(hpatchz === undefined)("hpatchz makes the new file to the byte", () => {
  test("by a patch of any pair, of any codec and effort", async () => {
    const folder = await WorkFolder.make();
    await fc.assert(
      fc.asyncProperty(
        arbitraryPair,
        fc.constantFrom(...codecs),
        fc.constantFrom(...efforts),
        async ({ old, next }, codec, effort) => {
          await generated(old, next, { codec, effort }, folder);
          expect(await appliesByHpatchz(folder, next)).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });

  test.each(codecs)("by a patch whose sections are several blocks of %s", async (codec) => {
    const folder = await WorkFolder.make();
    const old = randomBytes(10_000, 2);
    // New data of more than two blocks, half of which repeats what is blocks away.
    const words = sampleContent(1_200_000);
    const next = Buffer.concat([old, words, randomBytes(200_000), words.subarray(300_000)]);
    const patch = await generated(old, next, { codec, effort: "fast" }, folder);
    if (codec !== "stored") expect(patch.length).toBeLessThan(0.7 * next.length);
    expect(await appliesByHpatchz(folder, next)).toBe(true);
  });
});
