// #region apply
import { hasErrorCode } from "@potassium/core-types";
import { hdiff, inspect } from "@potassium/diff";

const { format, codec, newBytes } = await inspect("patch.hdiff");
console.log(`${format}, compressed by ${codec || "nothing"}, makes ${newBytes} bytes`);

try {
  await hdiff.apply("old.bin", "patch.hdiff", "new.bin", {
    // From a signed manifest: the patch itself can't tell whether the old file is the right one.
    expected: {
      oldSha256: "fa34a11614b180cd691b33e561cb93176602bb48cc8d81ca6e118171eed6ea7c",
      newSha256: "9b9150a13e33caf5185ad8ec1773c85ae5ded6b6dcaf1e3fc8a9e573ad6276f6",
    },
    maxNewBytes: 100 * 1024 ** 2,
    signal: AbortSignal.timeout(60_000), // or that of a "cancel" button
    onProgress: ({ phase, doneBytes, totalBytes }) =>
      console.log(`${phase}: ${doneBytes} of ${totalBytes} bytes`),
  });
} catch (error) {
  // The player has changed the file, or the patch is damaged: fetch the new file whole.
  if (!hasErrorCode(error, "HASH_MISMATCH", "CORRUPT_PATCH")) throw error;
  console.log(error.message);
}
// #endregion
