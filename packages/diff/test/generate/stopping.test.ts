import { fork } from "node:child_process";
import { once } from "node:events";
import * as fileSystem from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { hasBsdiff } from "@potassium/tooling/engines";
import { expect, test } from "vitest";
import { replaceFile } from "../../src/file/replace-file.js";
import { findBsdiffChild } from "../../src/generate/find-bsdiff.js";
import { generateBsdiff } from "../../src/generate/generate-bsdiff.js";
import { childPid, endlessWork, isAlive, notedBsdiff, standIn, until } from "./stand-in.js";
import { workFolder } from "./work-folder.js";

const isMissing = !hasBsdiff(import.meta.url);

test("an aborted signal comes before all else", async () => {
  const signal = AbortSignal.abort("gone");
  await expect(generateBsdiff("/missing", "/missing", "/missing", { signal })).rejects.toBe("gone");
});

test("an abort kills the child process, and rejects when that is gone", async () => {
  await using folder = await workFolder();
  const inputPath = await folder.write("input", "content");
  const library = await standIn(folder, endlessWork);
  const controller = new AbortController();
  const { signal } = controller;
  const running = generateBsdiff(inputPath, inputPath, folder.path("patch"), { library, signal });
  const pid = await childPid(folder);
  const reason = new Error("the caller has gone");
  controller.abort(reason);
  await expect(running).rejects.toBe(reason);
  expect(isAlive(pid)).toBe(false);
});

test("what onProgress throws kills the child process and is what the call rejects with", async () => {
  await using folder = await workFolder();
  const inputPath = await folder.write("input", Buffer.alloc(200));
  const library = await standIn(folder, `report(10); ${endlessWork}`);
  const failure = new Error("the progress bar broke");
  const onProgress = ({ doneBytes }: { doneBytes: number }) => {
    if (doneBytes > 0) throw failure;
  };
  await expect(
    generateBsdiff(inputPath, inputPath, folder.path("patch"), { library, onProgress }),
  ).rejects.toBe(failure);
  expect(isAlive(await childPid(folder))).toBe(false);
});

test("a child process whose parent was killed ends in the middle of its work", async () => {
  await using folder = await workFolder();
  const inputPath = await folder.write("input", "content");
  const library = await standIn(folder, endlessWork);
  const job = { modulePath: library, oldPath: inputPath, newPath: inputPath, patchPath: "patch" };
  const parentPath = await folder.write(
    "parent.mjs",
    `import { fork } from "node:child_process";
     process.once("message", ({ program, job }) => fork(program).send(job));`,
  );
  const parent = fork(parentPath, { execArgv: [], stdio: ["ignore", "ignore", "ignore", "ipc"] });
  parent.send({ program: findBsdiffChild(), job });
  const pid = await childPid(folder);
  expect(isAlive(pid)).toBe(true);
  parent.kill("SIGKILL");
  await once(parent, "exit");
  try {
    await until(() => (isAlive(pid) ? undefined : true));
  } finally {
    if (isAlive(pid)) process.kill(pid, "SIGKILL");
  }
});

test.skipIf(isMissing)("an abort at any moment leaves no child process and no file", async () => {
  await using folder = await workFolder();
  const bytes = Buffer.alloc(250_000, "some text that repeats, as text does. ");
  for (let at = 0; at < bytes.length; at += 997) bytes[at] = (at * 31) % 251;
  const oldPath = await folder.write("old", bytes);
  const newPath = await folder.write("new", bytes.toReversed());
  const library = await notedBsdiff(folder);
  const outcomes = new Set<string>();
  for (let run = 0, waitMs = 0; run < 40 && !outcomes.has("finished"); run += 1) {
    const controller = new AbortController();
    const { signal } = controller;
    const running = replaceFile(fileSystem, folder.path("patch"), (path) =>
      generateBsdiff(oldPath, newPath, path, { library, signal }),
    );
    const outcome = running.then(
      () => "finished",
      (error) => {
        expect(error).toBe("gone");
        return "aborted";
      },
    );
    await Promise.race([sleep(waitMs), outcome]);
    controller.abort("gone");
    outcomes.add(await outcome);
    waitMs = waitMs * 1.4 + 3;
    const pid = await fileSystem.readFile(folder.path("pid"), "utf8").catch(() => undefined);
    if (pid !== undefined) expect(isAlive(Number(pid))).toBe(false);
    expect(process.getActiveResourcesInfo()).not.toContain("ProcessWrap");
    const left = (await folder.names()).filter((name) => !name.startsWith("pid"));
    const patch = outcomes.has("finished") ? ["patch"] : [];
    expect(left).toEqual(["new", "old", ...patch, "stand-in.cjs"]);
  }
  expect(outcomes).toEqual(new Set(["aborted", "finished"]));
});
