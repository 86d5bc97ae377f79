import { execFileSync } from "node:child_process";
import { link, lstat, symlink } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { applyWithTool, bsdiff, generateWithTool, hdiff } from "../src/index.js";
import { encodeHdiff13 } from "./fixture/hdiff-encoder.js";
import { rejectionOf } from "./fixture/rejection-of.js";
import { WorkFolder } from "./fixture/work-folder.js";

const [old, next] = [Buffer.from("old"), Buffer.from("new one")];
const patch = encodeHdiff13({ old, next, covers: [] });

async function work(): Promise<WorkFolder> {
  const folder = await WorkFolder.make();
  await folder.write("old", old);
  await folder.write("new", next);
  await folder.write("patch", patch);
  return folder;
}

async function expectInputs(folder: WorkFolder): Promise<void> {
  expect(await folder.read("old")).toEqual(old);
  expect(await folder.read("new")).toEqual(next);
  expect(await folder.read("patch")).toEqual(patch);
  expect((await folder.names()).filter((name) => name.startsWith(".potassium"))).toEqual([]);
}

/** Another path of the same file. */
const aliases = {
  "the same path": async (folder: WorkFolder, name: string) => folder.path(name),
  "the path in other words": async ({ root }: WorkFolder, name: string) => `${root}/./x/../${name}`,
  "a symbolic link": async (folder: WorkFolder, name: string) => {
    await symlink(folder.path(name), folder.path("alias"));
    return folder.path("alias");
  },
  "a hard link": async (folder: WorkFolder, name: string) => {
    await link(folder.path(name), folder.path("alias"));
    return folder.path("alias");
  },
};

describe.each(Object.entries(aliases))("an output that is an input by %s", (_, aliasOf) => {
  test.each(["old", "new"])(
    "is refused by generate() for the %s file, which stays",
    async (name) => {
      for (const generate of [bsdiff.generate, hdiff.generate, generateWithTool]) {
        const folder = await work();
        const output = await aliasOf(folder, name);
        const call = () => generate(folder.path("old"), folder.path("new"), output);
        const error = await rejectionOf(call);
        expect(error).toMatchObject({ code: "INVALID_ARGUMENT", field: "patchPath" });
        await expectInputs(folder);
      }
    },
  );

  test("is refused by apply() for the patch, which stays", async () => {
    for (const apply of [hdiff.apply, applyWithTool]) {
      const folder = await work();
      const output = await aliasOf(folder, "patch");
      const error = await rejectionOf(() =>
        apply(folder.path("old"), folder.path("patch"), output),
      );
      expect(error).toMatchObject({ code: "INVALID_ARGUMENT", field: "newPath" });
      await expectInputs(folder);
    }
  });
});

test("a pipe or a device in the output's place is IO_ERROR and stays", async () => {
  const folder = await work();
  const [oldPath, patchPath, pipe] = ["old", "patch", "pipe"].map((name) => folder.path(name)) as [
    string,
    string,
    string,
  ];
  execFileSync("mkfifo", [pipe]);
  // By a link: should this ever fail, only the link is lost.
  await symlink("/dev/null", folder.path("device"));
  for (const call of [
    () => hdiff.apply(oldPath, patchPath, pipe),
    () => hdiff.apply(oldPath, patchPath, folder.path("device")),
    () => bsdiff.generate(oldPath, folder.path("new"), pipe),
  ]) {
    const error = await rejectionOf(call);
    expect(error).toMatchObject({ code: "IO_ERROR" });
    expect(error.message).toContain("no plain file");
  }
  expect((await lstat(pipe)).isFIFO()).toBe(true);
  expect((await lstat(folder.path("device"))).isSymbolicLink()).toBe(true);
  await expectInputs(folder);
});

test("a symbolic link in the output's place is replaced, and what it points to stays", async () => {
  const folder = await work();
  await folder.write("elsewhere", Buffer.from("kept"));
  for (const target of ["elsewhere", "nowhere"]) {
    await symlink(folder.path(target), folder.path(`link to ${target}`));
    await hdiff.apply(folder.path("old"), folder.path("patch"), folder.path(`link to ${target}`));
    expect((await lstat(folder.path(`link to ${target}`))).isFile()).toBe(true);
    expect(await folder.read(`link to ${target}`)).toEqual(next);
  }
  expect((await folder.read("elsewhere")).toString()).toBe("kept");
  expect(await folder.names()).not.toContain("nowhere");
});

test("where the output's folder is missing, the folder is named, and no temporary file", async () => {
  const folder = await work();
  const [oldPath, output] = [folder.path("old"), folder.path("no/such/file")];
  for (const call of [
    () => hdiff.apply(oldPath, folder.path("patch"), output),
    () => bsdiff.generate(oldPath, folder.path("new"), output),
  ]) {
    const error = await rejectionOf(call);
    expect(error.code).toBe("NOT_FOUND");
    expect(error.message).toContain(`the folder ${folder.path("no/such")} is not there`);
    expect(error.message).not.toContain(".potassium");
  }
});
