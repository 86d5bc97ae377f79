// A launcher that is killed while it updates: `doomed-updater ROOT URL PUBLIC-KEY`. Nothing is pretended: at the second
// file that takes its place in the game, it sends itself SIGKILL, which no program can catch.
import * as fs from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { hdiff } from "@potassium/diff";
import { applyUpdate, httpSource, openUpdate, type UpdateFileSystem } from "@potassium/manifest";

const [, , root = "", url = "", publicKey = ""] = process.argv;
let filesUntilEnd = 2;

const mortal: UpdateFileSystem = {
  ...fs,
  async rename(from, to) {
    await fs.rename(from, to);
    const isOfGame = !relative(root, to).startsWith(join(".potassium", sep));
    if (isOfGame && --filesUntilEnd === 0) process.kill(process.pid, "SIGKILL");
  },
};
const update = await openUpdate(httpSource(url), { trust: { keys: [publicKey] } });
await applyUpdate(root, update, { engines: [hdiff], fs: mortal });
