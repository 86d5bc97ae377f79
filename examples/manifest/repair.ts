import { readFile } from "node:fs/promises";

const trust = { keys: [await readFile("release-key.pub", "utf8")] };

// #region repair
import { folderSource, openUpdate, repairInstall, verifyInstall } from "@potassium/manifest";

const full = await openUpdate(folderSource("full-1.1.0"), { trust });
const { ok, problems } = await verifyInstall("game", full, { extra: true, ignore: ["saves/"] });
for (const { kind, path } of problems) console.log(`${kind}: ${path}`);
if (!ok) {
  const { files, downloadedBytes } = await repairInstall("game", full);
  console.log(`${files.written} files made anew, of ${downloadedBytes} bytes`);
}
// #endregion
