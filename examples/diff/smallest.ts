// #region smallest
import { copyFile } from "node:fs/promises";
import { estimateGeneration, generateSmallest } from "@potassium/diff";

const { memoryBytes, threads } = estimateGeneration(8 * 2 ** 30, 8 * 2 ** 30);
console.log(`8 GiB would take ${Math.ceil(memoryBytes / 1e6)} MB at most, and ${threads} threads`);

const result = await generateSmallest("old.bin", "new.bin", "small.hdiff", {
  contenders: ["hdiff", "hdiffz"], // hdiffz where it is found
  maxTimeMs: 120_000,
});
if (result.outcome === "patch") {
  console.log(`a patch of ${result.patchBytes} bytes, for the engine ${result.algorithm}`);
} else {
  // It is compressed already, say, and shares nothing with the old one.
  await copyFile("new.bin", "new.bin.whole");
  console.log(`no patch is smaller than the ${result.wholeBytes} bytes of the file itself`);
}
// #endregion
