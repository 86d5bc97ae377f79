import { spawn } from "node:child_process";
import { once } from "node:events";
import * as nodeFs from "node:fs/promises";
import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { hasStrace } from "@potassium/tooling/engines";
import { build } from "tsup";
import { expect, it } from "vitest";
import { recoverUpdate } from "../../src/recover-update.js";
import { everyKind } from "../fixture/every-kind.js";

import { nodeSnapshot, siteSnapshot } from "../fixture/node-snapshot.js";
import { temporaryFolder } from "../fixture/temporary-folder.js";
import { writeTree } from "../fixture/write-tree.js";

const program = fileURLToPath(new URL("../fixture/update-program.ts", import.meta.url));

/** In each of these the kernel counts by itself. */
const kinds = ["rename,renameat,renameat2", "unlink,unlinkat,rmdir", "link,linkat"];

/** The program as one file, which starts in a moment. */
async function bundled(folder: string): Promise<string> {
  await build({
    entry: { program },
    outDir: folder,
    config: false,
    format: "esm",
    noExternal: [/./],
    silent: true,
    outExtension: () => ({ js: ".mjs" }),
  });
  return join(folder, "program.mjs");
}

/** Runs it and has the kernel kill it at one of its system calls. */
async function killedAt(calls: string, when: number, file: string, root: string): Promise<boolean> {
  const inject = ["-e", `trace=${calls}`, "-e", `inject=${calls}:signal=KILL:when=${when}`];
  const args = ["-f", "-qq", "-o", "/dev/null", ...inject, process.execPath, file, root];
  // The calls of one thread are counted.
  const env = { ...process.env, UV_THREADPOOL_SIZE: "1" };
  const child = spawn("strace", args, { env, stdio: "inherit" });
  const [code, signal] = await once(child, "exit");
  if (code === 0) return false;
  expect([code, signal]).toEqual([null, "SIGKILL"]);
  return true;
}

it.runIf(hasStrace())(
  "a process that is killed at a rename, a link or an unlink leaves a whole version",
  async () => {
    const folder = await temporaryFolder();
    const file = await bundled(join(folder, "program"));
    const pristine = await writeTree(join(folder, "pristine"), everyKind.before);
    const [old, made] = [nodeSnapshot(everyKind.before), nodeSnapshot(everyKind.after)];
    const root = join(folder, "game");
    let [kills, olds] = [0, 0];
    for (const calls of kinds) {
      for (let when = 1, killed = true; killed; when += 8) {
        await rm(root, { recursive: true, force: true });
        await cp(pristine, root, { recursive: true, verbatimSymlinks: true });
        killed = await killedAt(calls, when, file, root);
        if (killed) kills++;
        await recoverUpdate(root);
        const found = await siteSnapshot(nodeFs, root);
        const isOld = found["lib/core.so"] === undefined;
        expect(found).toEqual(isOld ? old : made);
        if (isOld) olds++;
      }
    }
    expect(olds).toBeGreaterThan(0);
    expect(kills - olds).toBeGreaterThan(10);
  },
);
