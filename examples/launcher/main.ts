// A build server and a player's machine, and between them nothing but a web server and a public key.
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hasErrorCode } from "@potassium/core-types";
import { generateKeyPair, keptVersions, type UpdateProgress } from "@potassium/manifest";
import { openFileServer } from "../quickstart/file-server.js";
import { writeBuild } from "../quickstart/game-builds.js";
import { chapter, tell, verify } from "../quickstart/narrator.js";
import { openTemporaryFolder } from "../quickstart/temporary-folder.js";
import { keygen, release } from "./build-server.js";
import { Launcher } from "./player.js";
import { ProgressDisplay } from "./progress-display.js";
import { verifyPlayable } from "./verify-playable.js";

const interrupted = new AbortController();
process.once("SIGINT", () => interrupted.abort(new Error("interrupted")));

try {
  await using folder = await openTemporaryFolder();
  await tellStory(folder.path, interrupted.signal);
  chapter("Done: every step was verified.");
} catch (error) {
  console.error(`\n✗ ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = interrupted.signal.aborted ? 130 : 1; // 130: as shells name Ctrl-C
}

async function tellStory(folder: string, signal: AbortSignal): Promise<void> {
  const [keys, builds, site] = ["keys", "builds", "site"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const buildServer = { keys, builds, site };

  chapter("The build server makes its keys, and releases 1.0");
  const publicKey = await keygen(buildServer);
  await writeBuild("1.0", join(builds, "1.0"));
  const first = await release(buildServer, "1.0", signal);
  verify(first.files.added === 5, "the five files of 1.0 are in it");
  await using web = await openFileServer(site);
  tell(`1.0 is signed, and on ${web.url}`);

  chapter("A player installs it");
  const root = join(folder, "player");
  const seen: UpdateProgress[] = [];
  const display = new ProgressDisplay();
  const onProgress = (progress: UpdateProgress) => {
    seen.push(progress);
    display.show(progress);
  };
  const launcher = new Launcher({ root, url: web.url, publicKey, onProgress });
  verify((await launcher.start({ signal })) === undefined, "nothing is installed yet");
  await (await launcher.look({ signal }))?.apply();
  await verifyPlayable(launcher, "1.0", signal);
  verify((await launcher.look({ signal })) === undefined, "there is nothing newer");
  tell("1.0 is installed: every file is as signed, and the game answers");

  chapter("The build server releases 1.1, and the player updates");
  await writeBuild("1.1", join(builds, "1.1"));
  const second = await release(buildServer, "1.1", signal);
  tell(`the update is ${second.shippedBytes} bytes for a game of ${second.newTreeBytes}`);
  await verifyStrangerIsRefused(root, web.url);
  tell("a launcher that trusts another key takes nothing of it");
  verify((await launcher.start({ signal })) === "1.0", "1.0 is there at the next start");
  const update = await launcher.look({ signal });
  verify(update?.version === "1.1" && update.plan.blocked.length === 0, "1.1 can be installed");
  seen.length = 0;
  const sent = web.sentBytes;
  const { downloadedBytes } = await update.apply();
  verify(downloadedBytes === update.plan.downloadBytes, "as much was downloaded as planned");
  verify(web.sentBytes - sent === downloadedBytes, "the web server has sent as much");
  verifyProgress(seen, downloadedBytes);
  await verifyPlayable(launcher, "1.1", signal);
  tell(`1.1 is installed, by ${downloadedBytes} bytes; the game answers as 1.1`);

  chapter("The game is broken on purpose, and repaired");
  await damage(await launcher.gameFolder());
  const { ok, problems } = await launcher.check({ signal });
  const found = problems.map(({ kind, path }) => `${kind} ${path}`);
  verify(!ok && found.join() === "modified data/level.pak,missing licence.txt", "both are found");
  tell(`found: ${found.join(", ")}`);
  const repaired = await launcher.repair({ signal });
  await verifyPlayable(launcher, "1.1", signal);
  tell(`repaired, by ${repaired.downloadedBytes} bytes; the game answers as 1.1`);

  chapter("The player goes back to 1.0, and comes again");
  verify((await keptVersions(root)).includes("1.0"), "1.0 is kept");
  const before = web.sentBytes;
  verify((await launcher.rollback("1.0", { signal })) === "1.0", "1.0 is the current one");
  verify(web.sentBytes === before, "nothing was downloaded for it");
  await verifyPlayable(launcher, "1.0", signal);
  tell("1.0 is back at once, and answers");
  await (await launcher.look({ signal }))?.apply();
  await verifyPlayable(launcher, "1.1", signal);
  tell("1.1 is there again, and answers");
}

/** Overwrites the middle of a file, without a change of its size, and deletes another. */
async function damage(folder: string): Promise<void> {
  await writeFile(join(folder, "data/level.pak"), "a broken disk", { flag: "r+" });
  await rm(join(folder, "licence.txt"));
}

async function verifyStrangerIsRefused(root: string, url: string): Promise<void> {
  const stranger = new Launcher({ root, url, publicKey: generateKeyPair().publicKey });
  const code = await stranger.look().then(
    () => "none",
    (error: unknown) => (hasErrorCode(error, "BAD_SIGNATURE") ? error.code : String(error)),
  );
  verify(code === "BAD_SIGNATURE", "what nobody trusted has signed is refused");
}

/** The display would be wrong if what it is told were. */
function verifyProgress(seen: readonly UpdateProgress[], downloadedBytes: number): void {
  const downloads = seen.flatMap((one) => (one.phase === "download" ? [one] : []));
  const done = downloads.map(({ doneBytes }) => doneBytes);
  verify(
    done.every((bytes, index) => bytes >= (done[index - 1] ?? 0)),
    "the download's progress only grows",
  );
  verify(done.at(-1) === downloadedBytes, "it ends with all that was downloaded");
  verify(downloads.at(-1)?.totalBytes === downloadedBytes, "its total was right");
}
