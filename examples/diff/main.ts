// #region example
import { bsdiff, hdiff } from "@potassium/diff";

await hdiff.generate("old.bin", "new.bin", "patch.hdiff");
await hdiff.apply("old.bin", "patch.hdiff", "new.bin");

// For those who know only bsdiff's patches; needs bsdiff-node, which is compiled at its installation.
await bsdiff.generate("old.bin", "new.bin", "patch.bsdiff");
await bsdiff.apply("old.bin", "patch.bsdiff", "new.bin");
// #endregion

// #region bytes
const oldBytes = Buffer.from("lobby-1: 4 players\n".repeat(100));
const newBytes = Buffer.from("lobby-1: 5 players\n".repeat(100));
const patch = await hdiff.generateBytes(oldBytes, newBytes);
const made = await hdiff.applyBytes(oldBytes, patch);
console.log(`${newBytes.length} bytes by a patch of ${patch.length}: ${newBytes.equals(made)}`);
// #endregion
