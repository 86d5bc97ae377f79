// A new build of the game goes to a player, whose machine fails in the middle of the update.
import { access } from "node:fs/promises";
import { join } from "node:path";
import { hasErrorCode } from "@potassium/core-types";
import { hdiff } from "@potassium/diff";
import {
  applyUpdate,
  generateKeyPair,
  httpSource,
  openUpdate,
  planUpdate,
  recoverUpdate,
  rollbackUpdate,
  type Update,
  verifyInstall,
} from "@potassium/manifest";
import { buildUpdates } from "./build-updates.js";
import { crashUpdater } from "./crash-updater.js";
import { openFileServer } from "./file-server.js";
import { chapter, tell, verify } from "./narrator.js";
import { openTemporaryFolder } from "./temporary-folder.js";
import { verifyVersion, writeSettings } from "./verify-version.js";

const engines = [hdiff];

/** The second half of the main job: an update is built, signed, served, planned and applied, and survives a crash. */
export async function shipUpdate(signal: AbortSignal): Promise<void> {
  let place: string;
  {
    await using folder = await openTemporaryFolder();
    place = folder.path;
    await ship(place, signal);
  }
  verify(!(await isThere(place)), "the builds, the updates and the installation are removed");
  tell("the builds, the updates and the player's installation are removed");
}

async function ship(folder: string, signal: AbortSignal): Promise<void> {
  chapter("Version 1.1 of the game is built, signed and served");
  const key = generateKeyPair();
  await buildUpdates(folder, key, signal);
  await using server = await openFileServer(folder);
  const address = (name: string) => `${server.url}/${name}/`;
  const open = (name: string): Promise<Update> =>
    openUpdate(httpSource(address(name)), {
      trust: { keys: [key.publicKey] },
      product: "skywars",
      signal,
    });
  const [full10, update, full11] = [
    await open("full-1.0"),
    await open("update-1.1"),
    await open("full-1.1"),
  ];
  await verifyStrangersAreRefused(address("update-1.1"), signal);
  tell(
    `the updates are on ${server.url}, signed with the key ${key.keyId}; another key is refused`,
  );

  chapter("A player has version 1.0");
  const root = join(folder, "player");
  await applyUpdate(root, full10, { signal });
  await writeSettings(root);
  await verifyVersion(root, full10, "1.0", signal);
  tell("the whole of 1.0 is downloaded and installed; the game starts and says that it is 1.0");
  const options = { engines, full: full11, signal };
  const plan = await planUpdate(root, update, options);
  const whole = await planUpdate(root, update, { ...options, force: "full" });
  verify(plan.blocked.length === 0, "nothing is in the way of the update");
  verify(
    plan.downloadBytes * 10 < whole.downloadBytes,
    "an update is a tenth of the whole at most",
  );
  tell(
    `an update to 1.1 is ${plan.downloadBytes} bytes to fetch, where the changed files have ${whole.downloadBytes}`,
  );

  chapter("The player's machine fails in the middle of the update");
  await crashUpdater(root, address("update-1.1"), key.publicKey);
  const [is10, is11] = [await verifyInstall(root, full10), await verifyInstall(root, full11)];
  verify(!is10.ok && !is11.ok, "the installation is neither 1.0 nor 1.1");
  tell(
    `the updater was killed with SIGKILL: ${is10.problems.length} paths are not as in 1.0, ${is11.problems.length} not as in 1.1`,
  );

  chapter("The next start recovers it");
  const sent = server.sentBytes;
  const recovery = await recoverUpdate(root, { signal });
  verify(recovery.state === "completed", "the update is finished");
  verify(server.sentBytes === sent, "nothing was downloaded again");
  await verifyVersion(root, full11, "1.1", signal);
  tell("the update is finished, without a byte from the network: every file is as in 1.1");
  tell("the game starts, and answers as 1.1 with its new level; the player's settings are there");

  chapter("The player goes back, and comes again");
  verify((await rollbackUpdate(root, { signal })) === "1.0", "1.0 is back");
  await verifyVersion(root, full10, "1.0", signal);
  tell("1.0 is back, from the backup that the update has kept, and answers");
  const before = server.sentBytes;
  const result = await applyUpdate(root, update, options);
  verify(result.downloadedBytes === plan.downloadBytes, "as much was downloaded as planned");
  verify(server.sentBytes - before === plan.downloadBytes, "the server has sent as much");
  await verifyVersion(root, full11, "1.1", signal);
  tell(`1.1 is there again, by the ${result.downloadedBytes} bytes that were planned`);
}

async function verifyStrangersAreRefused(url: string, signal: AbortSignal): Promise<void> {
  const stranger = generateKeyPair();
  const opened = openUpdate(httpSource(url), { trust: { keys: [stranger.publicKey] }, signal });
  const code = await opened.then(
    () => "none",
    (error: unknown) => (hasErrorCode(error, "BAD_SIGNATURE") ? error.code : String(error)),
  );
  verify(code === "BAD_SIGNATURE", "an update that nobody trusted has signed is refused");
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
