import { PatchError } from "@potassium/core-types";

/**
 * The error for a patch that can't be right.
 *
 * @param part - Where in the patch: "header", "covers", "diff block".
 * @param problem - What is wrong, as the end of a sentence: "a cover reaches behind the old file".
 * @param offset - The place in the patch file, in bytes from its start: of the wrong field itself where
 *   that is stored plainly, else of the section that holds it.
 */
export function corruptPatch(
  part: string,
  problem: string,
  offset: number,
  cause?: unknown,
): PatchError {
  return new PatchError(
    "CORRUPT_PATCH",
    `the patch is corrupt: ${part}: ${problem} (byte ${offset})`,
    {
      offset,
      cause,
    },
  );
}
