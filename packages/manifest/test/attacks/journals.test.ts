import * as nodeFs from "node:fs/promises";
import { mkdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { applyUpdate } from "../../src/apply/apply-update.js";
import { recoverUpdate } from "../../src/recover-update.js";
import { formatJournal, type Journal } from "../../src/transaction/journal.js";
import type { PathState } from "../../src/transaction/path-state.js";
import { interceptedFileSystem } from "../fixture/crashing-file-system.js";
import { sha256 } from "../fixture/handmade-update.js";
import { rejectionOf } from "../fixture/rejection-of.js";
import { temporaryFolder } from "../fixture/temporary-folder.js";
import { treeSnapshot } from "../fixture/tree-snapshot.js";
import { engines, gameVersions } from "../fixture/update-fixture.js";
import { writeTree } from "../fixture/write-tree.js";

const absent: PathState = { kind: "absent" };
const fileOf = (content: string): PathState => ({
  kind: "file",
  hash: sha256(content),
  executable: false,
});

const id = "0".repeat(32);

const journalOf = (fields: Readonly<Record<string, unknown>>) =>
  ({
    id,
    fromVersion: "1.0",
    installed: { version: "1.1" },
    keepBackup: false,
    entries: [],
    mkdirs: [],
    rmdirs: [],
    ...fields,
  }) as Journal;

/** An installation with this journal, whose new files are staged, beside a folder that is none of its business. */
async function cutOff(journal: Journal, contents: readonly string[] = []) {
  const folder = await temporaryFolder();
  const outside = await writeTree(join(folder, "outside"), { "0": "precious" });
  const root = await writeTree(join(folder, "game"), {
    ".potassium/journal.json": formatJournal(journal),
    ".potassium/stage": { folder: true },
    ...Object.fromEntries(contents.map((text) => [`.potassium/stage/${sha256(text)}`, text])),
  });
  return { root, outside };
}

const untouched = async (outside: string) =>
  expect(await treeSnapshot(outside)).toEqual({ "0": sha256("precious") });

describe.skipIf(process.platform === "win32")("a hostile journal writes nothing elsewhere:", () => {
  test("a file below a link that it calls its own", async () => {
    const target = "../outside";
    const link: PathState = { kind: "link", target };
    const journal = journalOf({
      entries: [
        { path: "data", before: link, after: link },
        { path: "data/evil", before: absent, after: fileOf("evil") },
      ],
    });
    const { root, outside } = await cutOff(journal, ["evil"]);
    await symlink(target, join(root, "data"));
    await rejectionOf(() => recoverUpdate(root));
    await untouched(outside);
  });

  test("a folder below a link that it calls its own", async () => {
    const link: PathState = { kind: "link", target: "../outside" };
    const journal = journalOf({
      entries: [{ path: "data", before: link, after: link }],
      mkdirs: ["data/evil"],
    });
    const { root, outside } = await cutOff(journal);
    await symlink("../outside", join(root, "data"));
    await rejectionOf(() => recoverUpdate(root));
    await untouched(outside);
  });

  test.each([true, false])("its backup is a link, all being staged: %s", async (isStaged) => {
    const journal = journalOf({
      entries: [
        { path: "a", before: fileOf("old"), after: fileOf("new") },
        { path: "b", before: fileOf("old b"), after: fileOf("new b") },
      ],
    });
    const { root, outside } = await cutOff(journal, isStaged ? ["new", "new b"] : []);
    await writeFile(join(root, "a"), "old");
    await writeFile(join(root, "b"), isStaged ? "old b" : "new b");
    await writeFile(join(outside, "1"), "old b");
    const before = await treeSnapshot(outside);
    await mkdir(join(root, ".potassium/backup"));
    await symlink("../../../outside", join(root, ".potassium/backup", id));
    expect(await rejectionOf(() => recoverUpdate(root))).toMatchObject({ code: "UNSAFE_PLACE" });
    expect(await treeSnapshot(outside)).toEqual(before);
  });
});

describe("a journal that no update writes is damaged, whatever its checksum:", () => {
  const sound = { path: "a", before: absent, after: fileOf("new") };
  test.each<[string, Readonly<Record<string, unknown>>]>([
    ["a path of the updater's own", { entries: [{ ...sound, path: ".potassium/lock/x" }] }],
    ["a path that escapes", { mkdirs: ["../x"] }],
    ["no state", { entries: [{ ...sound, before: null }] }],
    ["a kind of its own", { entries: [{ ...sound, after: { kind: "folder" } }] }],
    ["a path as hash", { entries: [{ ...sound, after: { ...sound.after, hash: "../../x" } }] }],
    ["a link to nowhere", { entries: [{ ...sound, after: { kind: "link", target: 7 } }] }],
    ["a NUL in a link", { entries: [{ ...sound, after: { kind: "link", target: "a\0" } }] }],
    ["a path twice", { entries: [sound, sound] }],
    ["no version", { installed: null }],
    ["a list that is none", { mkdirs: "abc" }],
  ])("%s", async (_, fields) => {
    const { root } = await cutOff(journalOf(fields), ["new"]);
    expect(await rejectionOf(() => recoverUpdate(root))).toMatchObject({ code: "REPAIR_NEEDED" });
  });
});

test("a new folder that becomes a link while the update is carried out is not written through", async () => {
  const { folder, root, update } = await gameVersions(
    { top: "1" },
    { top: "1", "new/a": "a", "new/b": "b" },
  );
  const outside = join(folder, "outside");
  await mkdir(outside);
  const patches = await update(0, 1);
  let isSwapped = false;
  const fs = interceptedFileSystem(nodeFs, async ({ call, path }, work) => {
    const isOnItsWay = call === "link" && path.endsWith(`${sha256("b")}-on-its-way`);
    if (isOnItsWay && !isSwapped) {
      isSwapped = true;
      await rename(join(root, "new"), join(folder, "moved"));
      await symlink(outside, join(root, "new"));
    }
    return work();
  });
  await rejectionOf(() => applyUpdate(root, patches, { engines, fs }));
  expect(await treeSnapshot(outside)).toEqual({});
  await rm(join(root, "new"));
  await rename(join(folder, "moved"), join(root, "new"));
  await recoverUpdate(root);
  expect(await readFile(join(root, "top"), "utf8")).toBe("1");
});
