import { expect, it } from "vitest";
import type { UpdateFileSystem } from "../../src/fs/update-file-system.js";
import { installedVersion } from "../../src/installed-version.js";
import { ManifestError, type ManifestErrorCode } from "../../src/manifest-error.js";
import { recoverUpdate } from "../../src/recover-update.js";
import { type Call, interceptedFileSystem } from "../fixture/crashing-file-system.js";
import { everyKind } from "../fixture/every-kind.js";
import { failure, type MemoryDisk } from "../fixture/memory-disk/memory-disk.js";
import { installedDisk, onDisk, root } from "../fixture/memory-site.js";
import { nodeSnapshot, siteSnapshot } from "../fixture/node-snapshot.js";
import { runUpdate } from "../fixture/run-update.js";
import { stageFrom, transactionBetween } from "../fixture/transaction-between.js";

const { before, after } = everyKind;
const transaction = transactionBetween(before, after, { keepBackup: true });
const [old, made] = [nodeSnapshot(before), nodeSnapshot(after)];

const update = (disk: MemoryDisk, fs: UpdateFileSystem, busyTimeoutMs = 0) =>
  runUpdate(root, transaction, {
    ...onDisk(disk, { fs, busyTimeoutMs }),
    stage: stageFrom(fs, after),
  });

/** What an update does whose calls fail where `fails` says so. */
async function updateWith(
  disk: MemoryDisk,
  fails: (call: Call, index: number) => string | undefined,
) {
  let calls = 0;
  const fs = interceptedFileSystem(disk.fs, (call, work) => {
    const code = fails(call, calls++);
    return code === undefined ? work() : Promise.reject(failure(code, call.call, call.path));
  });
  const error = await update(disk, fs).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { error, calls };
}

async function expectWhole(disk: MemoryDisk): Promise<void> {
  await recoverUpdate(root, onDisk(disk));
  const { version } = (await installedVersion(root, { fs: disk.fs })) ?? {};
  expect(await siteSnapshot(disk.fs, root)).toEqual(version === "1.1.0" ? made : old);
}

const pristine = await installedDisk(before);
const { calls: total } = await updateWith(pristine.clone(), () => undefined);

const codes: Readonly<Record<string, { expected: ManifestErrorCode; every: number }>> = {
  ENOSPC: { expected: "NO_SPACE", every: 2 },
  EIO: { expected: "IO_ERROR", every: 3 },
  EACCES: { expected: "IO_ERROR", every: 5 },
  EXDEV: { expected: "IO_ERROR", every: 5 },
  EMFILE: { expected: "IO_ERROR", every: 5 },
  EBUSY: { expected: "BUSY", every: 5 },
};

it.each(Object.entries(codes))(
  "%s at any one file operation leaves a whole version, and is told by its code",
  async (code, { expected, every }) => {
    const told = new Set<string>();
    let rejected = 0;
    for (let at = 0; at < total; at += every) {
      const disk = pristine.clone();
      const { error } = await updateWith(disk, (_, index) => (index === at ? code : undefined));
      if (error !== undefined) {
        expect(error).toBeInstanceOf(ManifestError);
        told.add((error as ManifestError).code);
        rejected++;
      }
      await expectWhole(disk);
    }
    expect([...told]).toContain(expected);
    expect(rejected).toBeGreaterThan(20);
  },
);

it("a disk that is full from any change on leaves a whole version", async () => {
  const takesSpace = new Set(["mkdir", "write", "link", "symlink", "copyfile", "open"]);
  for (let from = 0; from < total; from += 20) {
    const disk = pristine.clone();
    const { error } = await updateWith(disk, ({ call, path }, index) => {
      const full = index >= from && takesSpace.has(call);
      return full && !(call === "open" && path.endsWith("/")) ? "ENOSPC" : undefined;
    });
    if (error !== undefined) expect(error).toMatchObject({ code: "NO_SPACE" });
    await expectWhole(disk);
  }
});

it("an update waits for files that others hold, and goes through", async () => {
  const disk = pristine.clone();
  const held = new Map<string, number>();
  const fs = interceptedFileSystem(disk.fs, ({ call, path }, work) => {
    const times = held.get(path) ?? 0;
    if (call !== "rename" || times >= 2) return work();
    held.set(path, times + 1);
    return Promise.reject(failure("EBUSY", call, path));
  });
  await update(disk, fs, 1_000);
  expect(held.size).toBeGreaterThan(10);
  expect(await siteSnapshot(disk.fs, root)).toEqual(made);
});

it("an update takes all back where a file stays held, and can be made again", async () => {
  const disk = pristine.clone();
  const { error } = await updateWith(disk, ({ call, path }) =>
    call === "rename" && path.endsWith("/right.txt") ? "EBUSY" : undefined,
  );
  expect(error).toMatchObject({ code: "BUSY", path: "/game/right.txt" });
  expect(await siteSnapshot(disk.fs, root)).toEqual(old);
  expect(await disk.fs.readdir(`${root}/.potassium`)).not.toContain("journal.json");
  await update(disk, disk.fs);
  expect(await siteSnapshot(disk.fs, root)).toEqual(made);
});

it("reads and writes that are cut short make no difference", async () => {
  const disk = pristine.clone();
  const short = (fs: UpdateFileSystem): UpdateFileSystem => ({
    ...fs,
    open: async (path, flags, mode) => {
      const file = await fs.open(path, flags, mode);
      return {
        ...file,
        read: (buffer, offset, length, position) =>
          file.read(buffer, offset, Math.min(length, 7), position),
        write: (buffer, offset, length, position) =>
          file.write(buffer, offset, Math.min(length, 7), position),
      };
    },
  });
  await update(disk, short(disk.fs));
  expect(await siteSnapshot(disk.fs, root)).toEqual(made);
  expect(await installedVersion(root, { fs: short(disk.fs) })).toMatchObject({ version: "1.1.0" });
});
