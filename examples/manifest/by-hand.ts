// #region by-hand
import {
  ActionDelete,
  ActionPatch,
  createManifest,
  hashFile,
  loadManifest,
} from "@potassium/manifest";

const manifest = createManifest("1.0.0", "1.1.0");
manifest.addFile({
  action: ActionPatch,
  path: "game.exe",
  oldHash: await hashFile("1.0.0/game.exe"),
  newHash: await hashFile("1.1.0/game.exe"),
  patchFile: "game.exe.patch",
  algorithm: "hdiff",
});
manifest.addFile({ action: ActionDelete, path: "old.pak" });
await manifest.save("manifest.json");

const { fromVersion, toVersion, files } = await loadManifest("manifest.json");
console.log(`${files.length} files from ${fromVersion} to ${toVersion}`);
// #endregion
