// The launcher in Electron's main process: `launcher-electron ROOT URL PUBLIC-KEY` brings the newest version, or repairs it.
import { createRequire } from "node:module";
import type { UpdateFileSystem } from "@potassium/manifest";
import { Launcher } from "./player.js";

const [, , root = "", url = "", publicKey = ""] = process.argv;

// Electron's own fs takes app.asar for a folder; original-fs sees the file. Every operation goes through what is given.
const load = createRequire(import.meta.url);
const fs: UpdateFileSystem =
  "electron" in process.versions ? load("original-fs").promises : load("node:fs/promises");

const launcher = new Launcher({ root, url, publicKey, fs });
console.log(`${(await launcher.start()) ?? "nothing"} is installed`);
const update = await launcher.look();
if (update !== undefined) {
  const { toVersion, downloadedBytes } = await update.apply();
  console.log(`${toVersion} is installed, by ${downloadedBytes} bytes`);
}
const { ok, problems } = await launcher.check();
for (const { kind, path } of problems) console.log(`${kind} ${path}`);
if (!ok) console.log(`repaired, by ${(await launcher.repair()).downloadedBytes} bytes`);
