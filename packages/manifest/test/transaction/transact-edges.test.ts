import { expect, it } from "vitest";
import type { TransactionProgress, WantedContent } from "../../src/transaction/transact.js";
import { interceptedFileSystem } from "../fixture/crashing-file-system.js";
import { failure } from "../fixture/memory-disk/memory-disk.js";
import { installedDisk, onDisk, root } from "../fixture/memory-site.js";
import {
  bytesAt,
  type Nodes,
  nodeSnapshot,
  sha256,
  siteSnapshot,
} from "../fixture/node-snapshot.js";
import { rejectionOf } from "../fixture/rejection-of.js";
import { runUpdate } from "../fixture/run-update.js";
import { stageFrom, transactionBetween } from "../fixture/transaction-between.js";

const before: Nodes = { "a.txt": "old a", "folder/b.txt": "old b" };
const after: Nodes = { "a.txt": "new a", "folder/b.txt": "new b" };
const transaction = transactionBetween(before, after);

it("a file that another name leads to is replaced, not written into", async () => {
  const disk = await installedDisk(before);
  await disk.fs.link(`${root}/a.txt`, "/elsewhere");
  await runUpdate(root, transaction, { ...onDisk(disk), stage: stageFrom(disk.fs, after) });
  expect(String(await bytesAt(disk.fs, "/elsewhere"))).toBe("old a");
  expect((await disk.fs.lstat(`${root}/a.txt`)).nlink).toBe(1);
});

it("a file that is changed while the update is staged stays as it was changed, and the others are taken back", async () => {
  const disk = await installedDisk(before);
  const stage = async (wanted: readonly WantedContent[]) => {
    await stageFrom(disk.fs, after)(wanted);
    const file = await disk.fs.open(`${root}/folder/b.txt`, "w");
    await file.write(Buffer.from("late"), 0, 4, 0);
  };
  const error = await rejectionOf(() => runUpdate(root, transaction, { ...onDisk(disk), stage }));
  expect(error).toMatchObject({
    code: "CONFLICT",
    path: "folder/b.txt",
    foundHash: sha256("late"),
  });
  expect(String(await bytesAt(disk.fs, `${root}/folder/b.txt`))).toBe("late");
});

it("after the commit the signal is no longer heeded", async () => {
  const disk = await installedDisk(before);
  const abort = new AbortController();
  const onProgress = ({ phase }: TransactionProgress) => {
    if (phase === "commit") abort.abort();
  };
  const { signal } = abort;
  const stage = stageFrom(disk.fs, after);
  await runUpdate(root, transaction, { ...onDisk(disk, { signal }), stage, onProgress });
  expect(signal.aborted).toBe(true);
  expect(await siteSnapshot(disk.fs, root)).toEqual(nodeSnapshot(after));
});

it("progress tells each path of each phase, with how many there are", async () => {
  const disk = await installedDisk(before);
  const told: TransactionProgress[] = [];
  const onProgress = (progress: TransactionProgress) => void told.push(progress);
  const stage = stageFrom(disk.fs, after);
  await runUpdate(root, transaction, { ...onDisk(disk), stage, onProgress });
  expect(
    told.map(({ phase, donePaths, totalPaths }) => `${phase} ${donePaths}/${totalPaths}`),
  ).toEqual(["check", "commit", "verify"].flatMap((phase) => [`${phase} 1/2`, `${phase} 2/2`]));
});

it("a second time there is nothing to stage, and only the version is written down", async () => {
  const disk = await installedDisk(before);
  await runUpdate(root, transaction, { ...onDisk(disk), stage: stageFrom(disk.fs, after) });
  let wanted: readonly WantedContent[] | undefined;
  const stage = async (contents: readonly WantedContent[]) => {
    wanted = contents;
  };
  const record = await runUpdate(
    root,
    { ...transaction, toVersion: "1.1.1" },
    { ...onDisk(disk), stage },
  );
  expect(wanted).toEqual([]);
  expect(record.version).toBe("1.1.1");
});

it("a disk that keeps no executable bit takes files that should have one", async () => {
  const disk = await installedDisk({ "run.sh": "text" }, { bitless: true });
  const made: Nodes = {
    "run.sh": { content: "text", mode: 0o755 },
    "more.sh": { content: "more", mode: 0o755 },
  };
  const options = { ...onDisk(disk), stage: stageFrom(disk.fs, made) };
  await runUpdate(root, transactionBetween({ "run.sh": "text" }, made), options);
  expect(Object.keys(await siteSnapshot(disk.fs, root))).toEqual(["more.sh", "run.sh"]);
});

it("a folder that should go stays where the player has a file in it", async () => {
  const disk = await installedDisk({ "d/x": "x", "d/save.dat": "mine" });
  await runUpdate(root, transactionBetween({ "d/x": "x" }, {}), {
    ...onDisk(disk),
    stage: stageFrom(disk.fs, {}),
  });
  expect(await siteSnapshot(disk.fs, root)).toEqual(nodeSnapshot({ "d/save.dat": "mine" }));
});

it("a folder whose case changes takes the player's files in it along, and back again where the update fails", async () => {
  const [had, has]: Nodes[] = [{ "Data/x": "x" }, { "data/x": "new x" }];
  const start = { ...had, "Data/save.dat": "mine" };
  const change = transactionBetween(had ?? {}, has ?? {});
  const disk = await installedDisk(start, { folds: true });
  const fs = interceptedFileSystem(disk.fs, ({ call, path }, work) =>
    call === "rename" && path.endsWith("/data/x")
      ? Promise.reject(failure("EIO", call, path))
      : work(),
  );
  const stage = stageFrom(disk.fs, has ?? {});
  const error = await rejectionOf(() =>
    runUpdate(root, change, { ...onDisk(disk, { fs }), stage }),
  );
  expect(error).toMatchObject({ code: "IO_ERROR" });
  expect(await siteSnapshot(disk.fs, root)).toEqual(nodeSnapshot(start));
  await runUpdate(root, change, { ...onDisk(disk), stage });
  expect(await siteSnapshot(disk.fs, root)).toEqual(
    nodeSnapshot({ "data/save.dat": "mine", ...has }),
  );
});

it.each(["stage/", "staged file"])(
  "what could not be made durable is staged anew (%s)",
  async (what) => {
    const disk = await installedDisk(before);
    const failing = what === "stage/" ? "/game/.potassium/stage/" : sha256("new a");
    const fs = interceptedFileSystem(disk.fs, ({ call, path }, work) =>
      call === "fsync" && path.endsWith(failing)
        ? Promise.reject(failure("EIO", call, path))
        : work(),
    );
    const stage = stageFrom(disk.fs, after);
    const error = await rejectionOf(() =>
      runUpdate(root, transaction, { ...onDisk(disk, { fs }), stage }),
    );
    expect(error).toMatchObject({ code: "IO_ERROR" });
    const left = await disk.fs.readdir(`${root}/.potassium/stage`).catch((): string[] => []);
    expect(left).not.toContain(sha256("new a"));
    expect(await siteSnapshot(disk.fs, root)).toEqual(nodeSnapshot(before));
  },
);
