import { readFile } from "node:fs/promises";

const trust = { keys: [await readFile("release-key.pub", "utf8")] };

// #region versioned
import { hdiff } from "@potassium/diff";
import {
  applyUpdate,
  currentFolder,
  folderSource,
  openUpdate,
  rollbackUpdate,
} from "@potassium/manifest";

const open = (folder: string) => openUpdate(folderSource(folder), { trust });
await applyUpdate("games", await open("full-1.1.0"), { mode: "versioned" }); // the first: it makes "games"
const options = { engines: [hdiff], keepVersions: 3 };
const { toVersion } = await applyUpdate("games", await open("update-1.2.0"), options);

console.log(`${toVersion} is in ${await currentFolder("games")}`); // the game is started from there
const version = await rollbackUpdate("games"); // at once: a pointer is written
console.log(`${version} is the current one again`);
// #endregion
