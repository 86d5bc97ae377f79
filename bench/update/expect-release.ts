import assert from "node:assert/strict";
import type { Update } from "@potassium/manifest";
import { verifyInstall } from "@potassium/manifest";

/** Looks at every file of what was made, that none is there beside, and at its mode, where that is asked for. */
export async function expectRelease(
  who: string,
  root: string,
  full: Update,
  { modes = true }: { readonly modes?: boolean } = {},
): Promise<void> {
  const { problems } = await verifyInstall(root, full, { extra: true });
  const wrong = problems.filter(({ kind }) => modes || kind !== "mode");
  assert.deepEqual(wrong, [], `${who} made another tree than the release's`);
  if (problems.length === 0) return;
  console.error(`  ${who} lost the mode of ${problems.length} files`);
}
