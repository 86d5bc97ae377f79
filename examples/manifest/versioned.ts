import { readFile } from "node:fs/promises";

const trust = { keys: [await readFile("release-key.pub", "utf8")] };

// #region versioned
import { hdiff } from "@potassium/diff";
import {
  applyUpdate,
  currentVersion,
  folderSource,
  openUpdate,
  rollbackVersion,
} from "@potassium/manifest";

const open = (folder: string) => openUpdate(folderSource(folder), { trust });
const options = { mode: "versioned", engines: [hdiff], keepVersions: 3 } as const;
await applyUpdate("games", await open("full-1.1.0"), options);
await applyUpdate("games", await open("update-1.2.0"), options);

const current = await currentVersion("games");
console.log(`${current?.version} is in ${current?.path}`);
const { version } = await rollbackVersion("games"); // at once: a pointer is written
console.log(`${version} is the current one again`);
// #endregion
