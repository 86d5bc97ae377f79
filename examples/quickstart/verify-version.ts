import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { installedVersion, type Update, verifyInstall } from "@potassium/manifest";
import { askGame } from "./ask-game.js";
import { builds } from "./game-builds.js";
import { verify } from "./narrator.js";

const settingsFile = "settings.ini";
const settings = "volume = 11\n";

/** What a player adds to the game's folder, and no update may touch. */
export const writeSettings = (root: string): Promise<void> =>
  writeFile(join(root, settingsFile), settings);

/** Every file is the version's, the player's own are there, and the game runs. */
export async function verifyVersion(
  root: string,
  full: Update,
  version: keyof typeof builds,
  signal: AbortSignal,
): Promise<void> {
  const { ok, problems } = await verifyInstall(root, full, { extra: true, signal });
  verify(ok, `every file is as in ${version}`);
  const others = problems.map(({ path }) => path);
  verify(others.join() === settingsFile, "nothing else is there but the player's own file");
  const found = await readFile(join(root, settingsFile), "utf8");
  verify(found === settings, "the player's own file is as it was");
  verify((await installedVersion(root))?.version === version, `${version} is installed`);
  const level = createHash("sha256").update(builds[version]["data/level.pak"] ?? "");
  const answer = await askGame(root, signal);
  verify(
    answer.version === version && answer.level === level.digest("hex"),
    `the game of version ${version} answers, with its level`,
  );
}
