import { readFile } from "node:fs/promises";

const trust = { keys: [await readFile("release-key.pub", "utf8")] };

// #region electron
import { createRequire } from "node:module";
import { createHdiff } from "@potassium/diff";
import { applyUpdate, folderSource, openUpdate, type UpdateFileSystem } from "@potassium/manifest";

// Electron's own fs takes app.asar for a folder; original-fs sees the file.
const load = createRequire(import.meta.url);
const fs: UpdateFileSystem =
  "electron" in process.versions ? load("original-fs").promises : load("node:fs/promises");

const update = await openUpdate(folderSource("update-1.1.0"), { trust });
await applyUpdate("game", update, { fs, engines: [createHdiff({ fs })] });
// #endregion
console.log("done");
