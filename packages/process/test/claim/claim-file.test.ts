import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { releaseClaim, takeClaim } from "../../src/claim/claim-file.js";
import { identifyProcess, type ProcessIdentity } from "../../src/system/process-identity.js";
import { temporaryFolder } from "../temporary-folder.js";

function writeClaim(path: string, token: string, holder: ProcessIdentity): void {
  writeFileSync(path, JSON.stringify({ token, holder }));
}

/** The identity of a process that has ended. */
async function deadProcess(): Promise<ProcessIdentity> {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  const identity = await identifyProcess(child.pid ?? 0);
  child.kill("SIGKILL");
  await once(child, "exit");
  return identity ?? expect.fail("it was not there");
}

test("a claim is one token's, until that one gives it up", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "udp-5520");
  expect(await takeClaim(path, "a")).toBe(true);
  expect(await takeClaim(path, "a")).toBe(true);
  expect(await takeClaim(path, "b")).toBe(false);
  await releaseClaim(path, "b");
  expect(await takeClaim(path, "b")).toBe(false);
  await releaseClaim(path, "a");
  expect(await takeClaim(path, "b")).toBe(true);
  expect(readdirSync(folder.path)).toEqual(["udp-5520"]);
  await releaseClaim(path, "b");
  await releaseClaim(path, "b");
  expect(readdirSync(folder.path)).toEqual([]);
});

test("a claim of a dead owner is taken over", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "udp-5520");
  writeClaim(path, "dead", await deadProcess());
  expect(await takeClaim(path, "a")).toBe(true);
  expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({
    token: "a",
    holder: { pid: process.pid },
  });
});

test("a claim of a process whose number another has now is taken over", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "udp-5520");
  writeClaim(path, "dead", { pid: process.pid, started: "another moment" });
  expect(await takeClaim(path, "a")).toBe(true);
});

test.each(["", "{", '{"token":"a"}', '{"token":"a","holder":{"pid":-1,"started":null}}', "null"])(
  "a damaged claim (%s) is nobody's",
  async (text) => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "udp-5520");
    writeFileSync(path, text);
    expect(await takeClaim(path, "b")).toBe(true);
  },
);

test("a claim whose take-over was interrupted can still be taken over", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "udp-5520");
  const dead = await deadProcess();
  writeClaim(path, "dead", dead);
  // What a process leaves that is killed between taking the lock and replacing the claim.
  const { createHash } = await import("node:crypto");
  const name = createHash("sha256").update(readFileSync(path, "utf8")).digest("hex").slice(0, 16);
  writeClaim(`${path}.${name}`, "lock", dead);
  expect(await takeClaim(path, "a")).toBe(true);
  expect(readdirSync(folder.path)).toEqual(["udp-5520"]);
});

test("of many who take over the same dead claim at once, one gets it", async () => {
  await using folder = await temporaryFolder();
  const dead = await deadProcess();
  for (let round = 0; round < 20; round += 1) {
    const path = join(folder.path, `udp-${round}`);
    writeClaim(path, "dead", dead);
    const tokens = Array.from({ length: 12 }, (_, index) => `token-${index}`);
    const outcomes = await Promise.all(tokens.map((token) => takeClaim(path, token)));
    expect(outcomes.filter(Boolean).length).toBe(1);
    expect(JSON.parse(readFileSync(path, "utf8")).token).toBe(tokens[outcomes.indexOf(true)]);
  }
});
