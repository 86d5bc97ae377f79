// #region electron
import { createRequire } from "node:module";
import { createHdiff, type FileSystem } from "@potassium/diff";

// Electron's own fs takes app.asar for a folder; original-fs sees the file.
const load = createRequire(import.meta.url);
const fs: FileSystem =
  "electron" in process.versions ? load("original-fs").promises : load("node:fs/promises");

const hdiff = createHdiff({ fs });
await hdiff.apply("app.asar", "patch.hdiff", "app.asar.new");
// #endregion
console.log("app.asar.new is written");
