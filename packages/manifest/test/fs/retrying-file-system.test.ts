import { expect, it } from "vitest";
import { retryingFileSystem } from "../../src/fs/retrying-file-system.js";
import { failure, MemoryDisk } from "../fixture/memory-disk/memory-disk.js";
import { rejectionOf } from "../fixture/rejection-of.js";

/** A disk with the file /a, whose changes fail some times with a code. */
async function heldDisk(code: string, times: number) {
  const disk = new MemoryDisk();
  await (await disk.fs.open("/a", "wx")).close();
  let failures = 0;
  disk.onChange = ({ call, path }) => {
    if (failures >= times) return undefined;
    failures++;
    throw failure(code, call, path);
  };
  return { fs: disk.fs, failures: () => failures };
}

it.each([
  ["EBUSY", false],
  ["EMFILE", false],
  ["ENFILE", false],
  ["EPERM", true],
  ["EACCES", true],
])(
  "what fails with %s for a while is tried until it goes through (windows: %s)",
  async (code, windows) => {
    const { fs, failures } = await heldDisk(code, 3);
    await retryingFileSystem(fs, { windows, busyTimeoutMs: 1_000 }).rename("/a", "/b");
    expect(failures()).toBe(3);
    expect(await fs.readdir("/")).toEqual(["b"]);
  },
);

it.each(["EPERM", "EACCES"])("%s is for good on a system without Windows' locks", async (code) => {
  const { fs, failures } = await heldDisk(code, 9);
  const retrying = retryingFileSystem(fs, { windows: false, busyTimeoutMs: 1_000 });
  expect(await rejectionOf(() => retrying.unlink("/a"))).toMatchObject({ code });
  expect(failures()).toBe(1);
});

it.each(["link", "symlink"] as const)("a refused %s is for good on Windows too", async (call) => {
  const { fs, failures } = await heldDisk("EPERM", 9);
  const retrying = retryingFileSystem(fs, { windows: true, busyTimeoutMs: 1_000 });
  expect(await rejectionOf(() => retrying[call]("/a", "/b"))).toMatchObject({ code: "EPERM" });
  expect(failures()).toBe(1);
});

it("a file that stays held is told as BUSY with its path, and a lack of handles as it is", async () => {
  const held = retryingFileSystem((await heldDisk("EBUSY", 1e9)).fs, {
    windows: false,
    busyTimeoutMs: 30,
  });
  const busy = await rejectionOf(() => held.rename("/a", "/b"));
  expect(busy).toMatchObject({ code: "BUSY", path: "/b", cause: { code: "EBUSY" } });
  const scarce = retryingFileSystem((await heldDisk("EMFILE", 1e9)).fs, {
    windows: false,
    busyTimeoutMs: 30,
  });
  expect(await rejectionOf(() => scarce.mkdir("/c"))).toMatchObject({ code: "EMFILE" });
});
