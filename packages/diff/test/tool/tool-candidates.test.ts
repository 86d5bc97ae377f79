import { expect, test } from "vitest";
import { type ToolPlaces, toolCandidates } from "../../src/tool/tool-candidates.js";

const linux: ToolPlaces = {
  platform: "linux",
  explicit: undefined,
  executableFolder: "/opt/launcher",
  workingFolder: "/home/player",
  path: "/usr/bin:/bin",
};

const pathsOf = (places: ToolPlaces) => toolCandidates("hdiffz", places).map(({ path }) => path);

test("a program is looked for beside the executable, in the working folder, then on PATH", () => {
  expect(toolCandidates("hpatchz", linux)).toEqual([
    { path: "/opt/launcher/bin/linux/hpatchz", source: "beside-executable" },
    { path: "/home/player/bin/linux/hpatchz", source: "working-folder" },
    { path: "/usr/bin/hpatchz", source: "path" },
    { path: "/bin/hpatchz", source: "path" },
  ]);
});

test("a path that is named is the only candidate, and counts from the working folder", () => {
  expect(toolCandidates("hdiffz", { ...linux, explicit: "tools/hdiffz" })).toEqual([
    { path: "/home/player/tools/hdiffz", source: "option" },
  ]);
});

test("entries of PATH that depend on the working folder are left out", () => {
  expect(pathsOf({ ...linux, path: ":.:bin:../bin:~/bin:/usr/bin:" }).slice(2)).toEqual([
    "/usr/bin/hdiffz",
  ]);
});

test("on macOS the folder is called darwin", () => {
  expect(pathsOf({ ...linux, platform: "darwin" })[0]).toBe("/opt/launcher/bin/darwin/hdiffz");
});

test("on Windows the folder is called windows and the program ends in .exe", () => {
  const windows: ToolPlaces = {
    platform: "win32",
    explicit: undefined,
    executableFolder: "C:\\Launcher",
    workingFolder: "D:\\Work",
    path: 'C:\\Windows;"C:\\Program Files\\x";.;;tools;\\tools;C:tools;\\\\server\\share',
  };
  expect(pathsOf(windows)).toEqual([
    "C:\\Launcher\\bin\\windows\\hdiffz.exe",
    "D:\\Work\\bin\\windows\\hdiffz.exe",
    "C:\\Windows\\hdiffz.exe",
    "C:\\Program Files\\x\\hdiffz.exe",
    "\\\\server\\share\\hdiffz.exe",
  ]);
});
