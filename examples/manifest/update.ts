// #region update
import { readFile } from "node:fs/promises";
import { hdiff } from "@potassium/diff";
import {
  applyUpdate,
  httpSource,
  openUpdate,
  planUpdate,
  recoverUpdate,
} from "@potassium/manifest";

await recoverUpdate("game"); // at each start, before the game is touched

const cdn = process.env["SKYWARS_CDN"] ?? "https://cdn.example/skywars";
const trust = { keys: [await readFile("release-key.pub", "utf8")] };
const open = (name: string) =>
  openUpdate(httpSource(`${cdn}/${name}/`), { trust, product: "skywars", channel: "stable" });

const update = await open("update-1.1.0");
const options = { engines: [hdiff], full: await open("full-1.1.0") };
const plan = await planUpdate("game", update, options);
console.log(`${plan.downloadBytes} bytes to fetch, ${plan.peakDiskBytes} more of the disk`);
for (const { path, message } of plan.blocked) console.log(`${path}: ${message}`);

const { toVersion, files } = await applyUpdate("game", update, options);
console.log(`${toVersion} is installed: ${files.written} files written, ${files.deleted} deleted`);
// #endregion
