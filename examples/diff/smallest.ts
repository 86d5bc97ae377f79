// #region smallest
import { copyFile } from "node:fs/promises";
import { estimateGeneration, generateSmallest } from "@potassium/diff";

const { memoryBytes, threads } = estimateGeneration(8 * 2 ** 30, 8 * 2 ** 30);
console.log(`8 GiB would take about ${Math.ceil(memoryBytes / 1e6)} MB, and ${threads} threads`);

const result = await generateSmallest("old.bin", "new.bin", "small.hdiff", {
  contenders: ["hdiff", "hdiffz"], // hdiffz where it is found
  maxTimeMs: 120_000,
});
if (result.outcome === "patch") {
  console.log(`a patch of ${result.patchBytes} bytes, for the engine ${result.algorithm}`);
} else {
  // "not-smaller": it shares nothing with the old one, say. "none-made": there was no time or memory.
  await copyFile("new.bin", "new.bin.whole");
  console.log(`ship the file: ${result.reason}; compressed it has ${result.wholeBytes} bytes`);
}
// #endregion
