// The main job, for real, on this machine alone: a player is brought to game servers, and gets an update of the game.
import { chapter } from "./narrator.js";
import { runServers } from "./run-servers.js";
import { shipUpdate } from "./ship-update.js";

const interrupted = new AbortController();
process.once("SIGINT", () => interrupted.abort(new Error("interrupted")));

try {
  await runServers(interrupted.signal);
  await shipUpdate(interrupted.signal);
  chapter("Done: every step was verified.");
} catch (error) {
  console.error(`\n✗ ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
