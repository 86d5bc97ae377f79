import { describe, expect, it } from "vitest";
import type { FileStatus, UpdateFileSystem } from "../../src/fs/update-file-system.js";
import type { Operation } from "../../src/transaction/operation.js";
import type { WantedContent } from "../../src/transaction/transact.js";
import type { MemoryDisk } from "../fixture/memory-disk/memory-disk.js";
import { installedDisk, onDisk, root } from "../fixture/memory-site.js";
import { bytesAt, type Nodes, sha256, siteSnapshot } from "../fixture/node-snapshot.js";
import { rejectionOf } from "../fixture/rejection-of.js";
import { runUpdate } from "../fixture/run-update.js";
import { stageFrom, transactionBetween } from "../fixture/transaction-between.js";

const before: Nodes = { "a.txt": "old a", "folder/b.txt": "old b", now: { link: "a.txt" } };
const after: Nodes = { "a.txt": "new a", "folder/b.txt": "new b", now: { link: "folder" } };
const transaction = transactionBetween(before, after);

/** Expects that an update is refused, with the whole installation as it was. */
async function refused(
  disk: MemoryDisk,
  operations: readonly Operation[] = transaction.operations,
  options: {
    readonly fs?: UpdateFileSystem;
    readonly signal?: AbortSignal;
    readonly stage?: (wanted: readonly WantedContent[]) => Promise<void>;
  } = {},
): Promise<unknown> {
  const start = await siteSnapshot(disk.fs, root);
  const stage = options.stage ?? stageFrom(disk.fs, after);
  const run = () =>
    runUpdate(root, { ...transaction, operations }, { ...onDisk(disk), ...options, stage });
  const error = await rejectionOf(run);
  expect(await siteSnapshot(disk.fs, root)).toEqual(start);
  expect(await disk.fs.readdir(`${root}/.potassium`)).not.toContain("journal.json");
  return error;
}

describe("transact() touches nothing and rejects with", () => {
  it("CONFLICT and both hashes where a file is another than the update is for", async () => {
    const disk = await installedDisk({ ...before, "folder/b.txt": "the player's b" });
    expect(await refused(disk)).toMatchObject({
      code: "CONFLICT",
      path: "folder/b.txt",
      foundHash: sha256("the player's b"),
      expectedHash: sha256("old b"),
    });
  });

  it("CONFLICT where a file is missing, or one is there where none should be", async () => {
    const { "a.txt": _, ...others } = before;
    expect(await refused(await installedDisk(others))).toMatchObject({ code: "CONFLICT" });
    const write: Operation = { kind: "write", path: "new", newHash: sha256("new a") };
    const disk = await installedDisk({ ...before, new: "the player's" });
    expect(await refused(disk, [write])).toMatchObject({ code: "CONFLICT", path: "new" });
  });

  it("CONFLICT where a link leads elsewhere than the update tells", async () => {
    const disk = await installedDisk({ ...before, now: { link: "folder/b.txt" } });
    expect(await refused(disk)).toMatchObject({ code: "CONFLICT", path: "now" });
  });

  it("UNSAFE_PLACE where a folder on the way is a link, even to a folder of the tree", async () => {
    const disk = await installedDisk({
      "a.txt": "old a",
      "real/b.txt": "old b",
      folder: { link: "real" },
      now: { link: "a.txt" },
    });
    expect(await refused(disk)).toMatchObject({ code: "UNSAFE_PLACE", path: "folder" });
  });

  it("UNSAFE_PLACE where a folder is at the place of a file", async () => {
    const disk = await installedDisk({ ...before, "a.txt": { folder: true } });
    expect(await refused(disk)).toMatchObject({ code: "UNSAFE_PLACE", path: "a.txt" });
  });

  it("CONFLICT where a folder must give its place to a file and holds what isn't the update's", async () => {
    const swap = transactionBetween({ "d/x": "old a" }, { d: "new a" });
    const disk = await installedDisk({ "d/x": "old a", "d/save.dat": "the player's" });
    expect(await refused(disk, swap.operations)).toMatchObject({
      code: "CONFLICT",
      path: "d/save.dat",
    });
  });

  it("UNSAFE_PLACE where a folder is on another volume", async () => {
    const disk = await installedDisk(before);
    const elsewhere = (status: FileStatus): FileStatus => ({
      ...status,
      dev: 2,
      isFile: () => status.isFile(),
      isDirectory: () => status.isDirectory(),
      isSymbolicLink: () => status.isSymbolicLink(),
    });
    const fs: UpdateFileSystem = {
      ...disk.fs,
      lstat: async (path) => {
        const status = await disk.fs.lstat(path);
        return path === `${root}/folder` ? elsewhere(status) : status;
      },
    };
    expect(await refused(disk, undefined, { fs })).toMatchObject({
      code: "UNSAFE_PLACE",
      path: "/game/folder",
    });
  });

  it("HASH_MISMATCH where something else was staged, which goes, while what is whole stays", async () => {
    const disk = await installedDisk(before);
    const stage = async (wanted: readonly WantedContent[]) => {
      await stageFrom(disk.fs, after)(wanted);
      const [, second] = wanted;
      const file = await disk.fs.open(second?.path ?? "", "r+");
      await file.write(Buffer.from("X"), 0, 1, 0);
    };
    expect(await refused(disk, undefined, { stage })).toMatchObject({
      code: "HASH_MISMATCH",
      path: "folder/b.txt",
      expectedHash: sha256("new b"),
      foundHash: sha256("Xew b"),
    });
    expect(await disk.fs.readdir(`${root}/.potassium/stage`)).toEqual([sha256("new a")]);
  });

  it("HASH_MISMATCH where nothing was staged", async () => {
    const disk = await installedDisk(before);
    const error = await refused(disk, undefined, { stage: async () => undefined });
    expect(error).toMatchObject({ code: "HASH_MISMATCH" });
  });

  it("the signal's reason, and keeps what was staged for the next call", async () => {
    const disk = await installedDisk(before);
    const abort = new AbortController();
    const reason = new Error("no more");
    const stage = async (wanted: readonly WantedContent[]) => {
      await stageFrom(disk.fs, after)(wanted);
      abort.abort(reason);
    };
    expect(await refused(disk, undefined, { stage, signal: abort.signal })).toBe(reason);
    const there: string[] = [];
    const again = async (wanted: readonly WantedContent[]) => {
      for (const { hash, path } of wanted) there.push(hash, sha256(await bytesAt(disk.fs, path)));
    };
    await runUpdate(root, transaction, { ...onDisk(disk), stage: again });
    const [a, b] = [sha256("new a"), sha256("new b")];
    expect(there).toEqual([a, a, b, b]);
  });

  it("LOCKED where its claim was removed before the commit", async () => {
    const disk = await installedDisk(before);
    const stage = async (wanted: readonly WantedContent[]) => {
      await stageFrom(disk.fs, after)(wanted);
      const lock = `${root}/.potassium/lock`;
      for (const name of await disk.fs.readdir(lock)) await disk.fs.unlink(`${lock}/${name}`);
    };
    expect(await refused(disk, undefined, { stage })).toMatchObject({ code: "LOCKED" });
  });

  it("INVALID_ARGUMENT for paths that are unsafe, private, or asked for in two ways", async () => {
    const newHash = sha256("new a");
    const wrong: readonly (readonly Operation[])[] = [
      [{ kind: "write", path: "../a", newHash }],
      [{ kind: "write", path: ".potassium/journal.json", newHash }],
      [{ kind: "write", path: ".POTASSIUM/x", newHash }],
      [{ kind: "link", path: "l", target: ".potassium" }],
      [{ kind: "link", path: "l", target: "../../x" }],
      [{ kind: "write", path: "a", newHash: "none" }],
      [
        { kind: "write", path: "a", newHash },
        { kind: "write", path: "a/b", newHash },
      ],
      [
        { kind: "write", path: "a", newHash },
        { kind: "write", path: "A", newHash },
      ],
      [
        { kind: "mkdir", path: "a" },
        { kind: "write", path: "a", newHash },
      ],
    ];
    for (const operations of wrong) {
      const error = await refused(await installedDisk(before), operations);
      expect(error).toMatchObject({ code: "INVALID_ARGUMENT" });
    }
  });
});
