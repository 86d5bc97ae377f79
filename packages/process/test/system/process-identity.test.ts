import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { identifyProcess, identifySelf, isAlive } from "../../src/system/process-identity.js";
import { readProcessTable, readPs } from "../../src/system/process-table.js";

test("a process is itself as long as it lives, and nobody after that", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  const identity = (await identifyProcess(child.pid ?? 0)) ?? expect.fail("it is not there");
  expect(await isAlive(identity)).toBe(true);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(await isAlive(identity)).toBe(false);
});

test("another process with the same number is not the same", async () => {
  const self = await identifySelf();
  expect(self.pid).toBe(process.pid);
  expect(await isAlive({ pid: self.pid, started: "another moment" })).toBe(false);
});

test.skipIf(process.platform === "win32")(
  "the table of /proc and that of ps agree on this process",
  async () => {
    const own = ({ pid }: { pid: number }) => pid === process.pid;
    const [table, ps] = [await readProcessTable(), await readPs()];
    expect(table.find(own)).toMatchObject(ps.find(own) ?? {});
    expect(ps.find(own)?.parent).toBe(process.ppid);
  },
);
