import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pinTool, readToolPins, writeToolPins } from "../../src/tool/tool-pins-file.js";
import { rejection } from "./rejection.js";
import { namesIn, testFolder } from "./test-folder.js";

const digest = "0123456789abcdef".repeat(4);
const pin = { version: "4.12.1", sha256: digest };

async function fileWith(text: string): Promise<string> {
  const path = join(await testFolder(), "potassium.tools.json");
  await writeFile(path, text);
  return path;
}

test("pins that are written are read again", async () => {
  const path = join(await testFolder(), "potassium.tools.json");
  const pins = { platforms: { "linux-x64": { hdiffz: pin, hpatchz: pin }, "win32-x64": {} } };
  await writeToolPins(path, pins);
  expect(await readToolPins(path)).toEqual(pins);
  expect(await namesIn(join(path, ".."))).toEqual(["potassium.tools.json"]);
});

test("a digest may be in upper case, the file may start with a byte order mark", async () => {
  const tools = { hdiffz: { ...pin, sha256: digest.toUpperCase() } };
  const path = await fileWith(`\uFEFF${JSON.stringify({ platforms: { "linux-x64": tools } })}`);
  expect((await readToolPins(path)).platforms["linux-x64"]?.hdiffz?.sha256).toBe(digest);
});

test("what isn't known is ignored, and stays when a program is pinned", async () => {
  const known = {
    about: "ours",
    platforms: { "linux-x64": { hpatchz: { ...pin, by: "me" } } },
  };
  const path = await fileWith(JSON.stringify(known));
  expect(await readToolPins(path)).toEqual({ platforms: { "linux-x64": { hpatchz: pin } } });
  const tool = { name: "hdiffz", ...pin } as const;
  expect(await pinTool(path, tool, "linux-x64")).toEqual({
    platforms: { "linux-x64": { hdiffz: pin, hpatchz: pin } },
  });
  expect(JSON.parse(await readFile(path, "utf8"))).toEqual({
    about: "ours",
    platforms: { "linux-x64": { hpatchz: { ...pin, by: "me" }, hdiffz: pin } },
  });
});

test("pinTool() makes the file where there is none, for this machine", async () => {
  const path = join(await testFolder(), "potassium.tools.json");
  await pinTool(path, { name: "hpatchz", ...pin });
  expect(await readToolPins(path)).toEqual({
    platforms: { [`${process.platform}-${process.arch}`]: { hpatchz: pin } },
  });
});

test.each([
  [[], "path"],
  [{}, "platforms"],
  [{ platforms: null }, "platforms"],
  [{ platforms: { windows: {} } }, "platforms.windows"],
  [{ platforms: { "win32-x64": { hdifz: pin } } }, "platforms.win32-x64.hdifz"],
  [{ platforms: { "win32-x64": [] } }, "platforms.win32-x64"],
  [{ platforms: { "win32-x64": { hdiffz: "4.12.1" } } }, "platforms.win32-x64.hdiffz"],
  [
    { platforms: { "win32-x64": { hdiffz: { sha256: digest } } } },
    "platforms.win32-x64.hdiffz.version",
  ],
  [
    { platforms: { "win32-x64": { hpatchz: { ...pin, sha256: digest.slice(1) } } } },
    "platforms.win32-x64.hpatchz.sha256",
  ],
])("%j is refused: file and field are named, and pinTool() leaves it", async (value, field) => {
  const path = await fileWith(JSON.stringify(value));
  for (const call of [() => readToolPins(path), () => pinTool(path, { name: "hdiffz", ...pin })]) {
    const error = await rejection(call());
    expect(error.code).toBe("INVALID_ARGUMENT");
    expect(error.message).toContain(path);
    expect(error.field?.endsWith(field)).toBe(true);
  }
  expect(await readFile(path, "utf8")).toBe(JSON.stringify(value));
});

test("a file that isn't JSON is INVALID_ARGUMENT and named", async () => {
  const path = await fileWith('{"platforms": {');
  expect(await rejection(readToolPins(path))).toMatchObject({
    code: "INVALID_ARGUMENT",
    field: "path",
  });
});

test("a file that isn't there is NOT_FOUND, a folder in its place IO_ERROR", async () => {
  const path = join(await testFolder(), "potassium.tools.json");
  expect((await rejection(readToolPins(path))).code).toBe("NOT_FOUND");
  await mkdir(path);
  expect((await rejection(readToolPins(path))).code).toBe("IO_ERROR");
  expect((await rejection(writeToolPins(path, { platforms: {} }))).code).toBe("IO_ERROR");
});

test("what can't be pinned is INVALID_ARGUMENT, and no file is made", async () => {
  const path = join(await testFolder(), "potassium.tools.json");
  const tool = { name: "hdiffz", ...pin } as const;
  for (const [found, platform, field] of [
    [{ ...tool, name: "hdiff" }, undefined, "tool.name"],
    [Promise.resolve(tool), undefined, "tool"],
    [undefined, undefined, "tool"],
    [tool, "windows", "platforms.windows"],
    [tool, "Linux-x64", "platforms.Linux-x64"],
  ] as const) {
    const error = await rejection(pinTool(path, found as typeof tool, platform));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", field });
  }
  expect(await namesIn(join(path, ".."))).toEqual([]);
});
