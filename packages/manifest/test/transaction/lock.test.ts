import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { withLock } from "../../src/transaction/lock.js";
import { type LockOwner, type LockOwners, thisMachine } from "../../src/transaction/lock-owner.js";
import { rejectionOf } from "../fixture/rejection-of.js";
import { temporaryFolder } from "../fixture/temporary-folder.js";

const locked = { code: "LOCKED" };
const claimOf = ({ pid, start, boot, host }: LockOwner) =>
  `${pid}-${start}-${boot}-${host}-0123456789abcdef`;

async function leaveClaim(root: string, owner: LockOwner): Promise<void> {
  await mkdir(join(root, ".potassium/lock"), { recursive: true });
  await writeFile(join(root, ".potassium/lock", claimOf(owner)), "");
}

const claims = (root: string) => readdir(join(root, ".potassium/lock"));

/** A process that does nothing until it is ended. */
async function otherProcess() {
  const child = spawn(process.execPath, ["-e", "console.log(1); setInterval(() => 0, 1000)"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child.stdout, "data");
  const end = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  return { pid: child.pid ?? 0, end };
}

it("the lock is held by one at a time, and free again after it", async () => {
  const root = await temporaryFolder();
  let [inside, most, done] = [0, 0, 0];
  const work = async () => {
    inside++;
    most = Math.max(most, inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside--;
    done++;
  };
  const results = await Promise.allSettled(
    Array.from({ length: 8 }, () => withLock(root, {}, work)),
  );
  expect(most).toBe(1);
  const refused = results.filter(({ status }) => status === "rejected");
  for (const result of refused) expect(result).toMatchObject({ reason: locked });
  expect(refused.length + done).toBe(8);
  await withLock(root, {}, work);
  expect(await claims(root)).toEqual([]);
});

it("a call while another holds the lock rejects with LOCKED", async () => {
  const root = await temporaryFolder();
  await withLock(root, {}, async () => {
    const error = await rejectionOf(() => withLock(root, {}, async () => undefined));
    expect(error).toMatchObject({ ...locked, path: root });
  });
});

it("the lock of a process that runs is kept, and that of one which was killed is taken over", async () => {
  const root = await temporaryFolder();
  const other = await otherProcess();
  const self = await thisMachine.self();
  await leaveClaim(root, { ...self, pid: other.pid, start: "0" });
  const take = () => withLock(root, {}, async () => "taken");
  expect(await rejectionOf(take)).toMatchObject(locked);
  await other.end();
  expect(await take()).toBe("taken");
  expect(await claims(root)).toEqual([]);
});

// Elsewhere the system doesn't tell when a process started.
it.runIf(process.platform === "linux")(
  "the lock of a process whose number another has by now is taken over",
  async () => {
    const root = await temporaryFolder();
    const other = await otherProcess();
    await leaveClaim(root, { ...(await thisMachine.self()), pid: other.pid, start: "1" });
    expect(await withLock(root, {}, async () => "taken")).toBe("taken");
  },
);

it("the lock of this machine before it was started anew is taken over", async () => {
  const root = await temporaryFolder();
  const self = await thisMachine.self();
  await leaveClaim(root, { ...self, boot: "before" });
  expect(await withLock(root, {}, async () => "taken")).toBe("taken");
});

it("the lock of another machine is kept, whatever runs here", async () => {
  const root = await temporaryFolder();
  const self = await thisMachine.self();
  await leaveClaim(root, { ...self, pid: 4_000_000, host: "elsewhere" });
  const error = await rejectionOf(() => withLock(root, {}, async () => undefined));
  expect(error).toMatchObject(locked);
  expect(await claims(root)).toHaveLength(1);
});

it("confirm() rejects with LOCKED once the claim is gone, and a call leaves no claim behind when it fails", async () => {
  const root = await temporaryFolder();
  const { rm } = await import("node:fs/promises");
  const failing = () =>
    withLock(root, {}, async (lock) => {
      await lock.confirm();
      await rm(join(root, ".potassium/lock"), { recursive: true });
      await lock.confirm();
    });
  expect(await rejectionOf(failing)).toMatchObject(locked);
  const broken = () => withLock(root, {}, () => Promise.reject(new Error("broken")));
  expect(await rejectionOf(broken)).toMatchObject({ message: "broken" });
  expect(await claims(root)).toEqual([]);
});

it("waiting for the lock stops on the signal", async () => {
  const root = await temporaryFolder();
  const abort = new AbortController();
  const owners: LockOwners = {
    self: thisMachine.self,
    isRunning: async () => {
      abort.abort(new Error("stop"));
      return true;
    },
  };
  await leaveClaim(root, await thisMachine.self());
  const { signal } = abort;
  const error = await rejectionOf(() => withLock(root, { owners, signal }, async () => undefined));
  expect(error).toBe(signal.reason);
});
