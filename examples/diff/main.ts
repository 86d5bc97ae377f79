// #region example
import { bsdiff, hdiff } from "@potassium/diff";

await bsdiff.generate("old.bin", "new.bin", "patch.bsdiff");
await bsdiff.apply("old.bin", "patch.bsdiff", "new.bin");

// A patch that hdiffz made: hdiff.generate() needs that program.
await hdiff.apply("old.bin", "patch.hdiff", "new.bin");
// #endregion

// #region bytes
const oldBytes = Buffer.from("lobby-1: 4 players\n".repeat(100));
const newBytes = Buffer.from("lobby-1: 5 players\n".repeat(100));
const patch = await bsdiff.generateBytes(oldBytes, newBytes);
const made = await bsdiff.applyBytes(oldBytes, patch);
console.log(`${newBytes.length} bytes by a patch of ${patch.length}: ${newBytes.equals(made)}`);
// #endregion
