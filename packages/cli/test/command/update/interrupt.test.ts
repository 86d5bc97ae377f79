import type { ChildProcess } from "node:child_process";
import { createReadStream, existsSync } from "node:fs";
import { cp } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startBin } from "../../support/bin.js";
import { done, type Game, makeGame } from "../../support/game.js";
import { runCommand } from "../../support/run-command.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const folder = await temporaryFolder();
let game: Game;
let trusted: readonly string[];

beforeAll(async () => {
  game = await makeGame(folder, 300, "none");
  trusted = ["--key", game.publicKey];
  await done(["update", "apply", join(folder, "installed"), game.oldFull, ...trusted]);
});

/** A copy of an installation of 1.0.0. */
async function install(name: string): Promise<string> {
  const root = join(folder, name);
  await cp(join(folder, "installed"), root, { recursive: true });
  return root;
}

/** Waits until the update has begun to move files: until its journal is there. */
async function journalOf(root: string, child: ChildProcess): Promise<string> {
  const journal = join(root, ".potassium", "journal.json");
  while (!existsSync(journal) && child.exitCode === null) await wait(1);
  expect(child.exitCode).toBeNull();
  return journal;
}

/** Serves the update, but for its largest file, of which nothing comes: says when that is asked for. */
async function startStalledServer() {
  let ask = () => {};
  const asked = new Promise<void>((resolve) => {
    ask = resolve;
  });
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "");
    if (path.endsWith("new/game.pak")) return ask();
    const file = join(game.update, path);
    if (!existsSync(file)) return void response.writeHead(404).end();
    void pipeline(createReadStream(file), response).catch(() => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterAll(() => void server.close().closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked };
}

// Windows has no signals to send.
describe.runIf(process.platform !== "win32")("Ctrl-C in the middle of update apply", () => {
  test("ends it with 130 while it downloads, the installation as it was", async () => {
    const root = await install("downloading");
    const { url, asked } = await startStalledServer();
    const { child, ended } = startBin(["update", "apply", root, url, ...trusted]);
    await Promise.race([asked, ended]);
    child.kill("SIGINT");
    expect(await ended).toEqual({
      code: 130,
      stdout: "",
      stderr:
        "potassium: interrupted. The installation is as it was; what was downloaded is kept for the next try.\n",
    });
    await done(["update", "verify", root, game.oldFull, ...trusted, "--extra"]);
    await done(["update", "recover", root]);
    await done(["update", "apply", root, game.update, ...trusted]);
    await done(["update", "verify", root, game.newFull, ...trusted, "--extra"]);
  });

  test("is not heeded once files are moved: it ends with the new version, and with 0", async () => {
    const root = await install("committed");
    const { child, ended } = startBin(["update", "apply", root, game.update, ...trusted]);
    await journalOf(root, child);
    child.kill("SIGINT");
    expect(await ended).toMatchObject({ code: 0, stderr: "" });
    await done(["update", "verify", root, game.newFull, ...trusted, "--extra"]);
  });

  test("leaves what recover makes whole, when it comes again and again while files are moved", async () => {
    const root = await install("moving");
    const { child, ended } = startBin(["update", "apply", root, game.update, ...trusted]);
    const journal = await journalOf(root, child);
    // The first is not heeded any more; one that comes after it ends the process at once.
    while (child.exitCode === null) {
      child.kill("SIGINT");
      await wait(2);
    }
    expect((await ended).code).toBe(130);
    expect(existsSync(journal)).toBe(true);
    expect(await done(["update", "status", root])).toMatchObject({ interrupted: true });
    const { stdout } = await runCommand(["update", "status", root]);
    const cutOff = `an update to 1.1.0; run potassium update recover ${root}\n`;
    expect(stdout).toContain(`cut off    ${cutOff}`);
    const verify = await runCommand(["update", "verify", root, game.newFull, ...trusted]);
    expect(verify.stderr).toBe(`cut off: ${cutOff}`);
    expect(await done(["update", "recover", root])).toEqual({
      state: "completed",
      version: "1.1.0",
    });
    expect(await done(["update", "status", root])).toMatchObject({ interrupted: false });
    await done(["update", "verify", root, game.newFull, ...trusted, "--extra"]);
  });
});

test("in this process too, the signal ends it, and a second one ends the process at once", async () => {
  const root = await install("here");
  const { url, asked } = await startStalledServer();
  const running = runCommand(["update", "apply", root, url, ...trusted, "--json"]);
  await asked;
  running.kill("SIGTERM");
  running.kill("SIGINT");
  const { code, stdout } = await running;
  expect(code).toBe(143);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: "INTERRUPTED", exitCode: 143 } });
  expect(running.exits).toEqual([130]);
});
