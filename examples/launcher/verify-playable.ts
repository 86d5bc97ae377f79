import { createHash } from "node:crypto";
import { askGame } from "../quickstart/ask-game.js";
import { builds } from "../quickstart/game-builds.js";
import { verify } from "../quickstart/narrator.js";
import type { Launcher } from "./player.js";

/** Every file is the version's, and the game that the launcher would start says so itself. */
export async function verifyPlayable(
  launcher: Launcher,
  version: keyof typeof builds,
  signal: AbortSignal,
): Promise<void> {
  const report = await launcher.check({ signal });
  verify(report.ok && report.version === version, `every file is as in ${version}`);
  const level = createHash("sha256").update(builds[version]["data/level.pak"] ?? "");
  const answer = await askGame(await launcher.gameFolder(), signal);
  verify(
    answer.version === version && answer.level === level.digest("hex"),
    `the game of version ${version} answers, with its level`,
  );
}
