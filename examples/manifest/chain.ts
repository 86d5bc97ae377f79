import { readFile } from "node:fs/promises";

const trust = { keys: [await readFile("release-key.pub", "utf8")] };

// #region chain
import { hasErrorCode } from "@potassium/core-types";
import { hdiff } from "@potassium/diff";
import { applyUpdate, folderSource, openUpdate, PauseGate } from "@potassium/manifest";

const open = (folder: string) => openUpdate(folderSource(folder), { trust });
const updates = [await open("update-1.1.0"), await open("update-1.2.0")];
const pause = new PauseGate(); // pause.pause() while a match is played, then pause.resume()
const cancel = new AbortController(); // cancel.abort() for a "cancel" button
try {
  const { route } = await applyUpdate("game", updates, {
    engines: [hdiff],
    full: await open("full-1.2.0"), // taken file by file where that is less to download
    pause,
    signal: cancel.signal,
    onProgress: (progress) => console.log(progress.phase, progress.path),
  });
  console.log(`1.2.0 is installed, by the way ${route}`);
} catch (error) {
  // A player has changed a file of the game: ask, then call it again with replaceModified: true.
  if (!hasErrorCode(error, "CONFLICT")) throw error;
  console.log(error.message);
}
// #endregion
