import { appendFile, chmod, copyFile, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findTool } from "../../src/tool/find-tool.js";
import { openTool } from "../../src/tool/open-tool.js";
import { runTool } from "../../src/tool/run-tool.js";
import type { ToolOptions } from "../../src/tool/tool-options.js";
import type { ToolPins } from "../../src/tool/tool-pins.js";
import { rejection } from "./rejection.js";
import { runsOf, type StandInPlan, writeStandIn } from "./stand-in.js";
import { namesIn, sha256Of, testFolder } from "./test-folder.js";

const here = `${process.platform}-${process.arch}`;
const os = process.platform;

interface Places {
  readonly folder: string;
  readonly options: ToolOptions;
  /** The runs of every stand-in that `put` wrote. */
  readonly runs: () => ReturnType<typeof runsOf>;
  /** Puts a stand-in for hdiffz at a path below the folder. */
  readonly put: (path: string, plan?: Partial<StandInPlan>) => Promise<string>;
}

/** A machine of the test's own: all places where programs are looked for are empty. */
async function places(): Promise<Places> {
  const folder = await testFolder();
  const runsPath = join(folder, "runs");
  await mkdir(join(folder, "temporary"));
  return {
    folder,
    options: {
      executableFolder: join(folder, "executable"),
      workingFolder: join(folder, "working"),
      path: [join(folder, "first"), join(folder, "second")].join(":"),
      temporaryFolder: join(folder, "temporary"),
    },
    runs: () => runsOf(runsPath),
    put: (path, plan = {}) =>
      writeStandIn(join(folder, path), { name: "hdiffz", runsPath, ...plan }),
  };
}

const pinned = (sha256: string, version = "4.12.1"): ToolPins => ({
  platforms: { [here]: { hdiffz: { version, sha256 } } },
});

test("each place is searched in its turn", async () => {
  const { options, put } = await places();
  for (const [place, source] of [
    ["second/hdiffz", "path"],
    ["first/hdiffz", "path"],
    [`working/bin/${os}/hdiffz`, "working-folder"],
    [`executable/bin/${os}/hdiffz`, "beside-executable"],
  ] as const) {
    const path = await put(place);
    const tool = await findTool("hdiffz", options);
    const sha256 = await sha256Of(path);
    expect(tool).toEqual({
      ...{ path, source, sha256 },
      ...{ name: "hdiffz", version: "4.12.1", pinned: false },
    });
    expect(Object.isFrozen(tool)).toBe(true);
  }
});

test("a path that is named is taken, and nothing else where it isn't there", async () => {
  const { options, put } = await places();
  const path = await put("working/my hdiffz", { version: "4.13.0-rc1" });
  await put("first/hdiffz");
  expect(await findTool("hdiffz", { ...options, hdiffz: "my hdiffz" })).toMatchObject({
    ...{ path, source: "option", version: "4.13.0-rc1" },
  });
  const error = await rejection(findTool("hdiffz", { ...options, hdiffz: "gone" }));
  expect(error.code).toBe("ENGINE_UNAVAILABLE");
  expect(error.message).not.toContain("first");
});

test("where there is none, the error tells every place that was tried", async () => {
  const { folder, options } = await places();
  const error = await rejection(findTool("hdiffz", options));
  expect(error.code).toBe("ENGINE_UNAVAILABLE");
  for (const place of [`executable/bin/${os}`, `working/bin/${os}`, "first", "second"]) {
    expect(error.message).toContain(join(folder, place, "hdiffz"));
  }
});

test("folders and files that may not run are passed over", async () => {
  const { folder, options, put } = await places();
  await mkdir(join(folder, "executable/bin", os, "hdiffz"), { recursive: true });
  await chmod(await put(`working/bin/${os}/hdiffz`), 0o644);
  await mkdir(join(folder, "first"));
  await symlink("nowhere", join(folder, "first/hdiffz"));
  const path = await put("second/hdiffz");
  expect((await findTool("hdiffz", options)).path).toBe(path);
});

test("a program that merely lies in the working folder is not found", async () => {
  const { folder, options, put } = await places();
  await put("working/hdiffz");
  const before = process.cwd();
  onTestFinished(() => process.chdir(before));
  process.chdir(join(folder, "working"));
  for (const path of ["", ".", "./", "../working", "second"]) {
    const error = await rejection(findTool("hdiffz", { ...options, path: `:${path}:` }));
    expect(error.message, path).toContain("there is no hdiffz");
  }
});

test.each([
  ["another program's name", { versionText: "HDiffPatch::hpatchz v4.12.1\n" }],
  ["no version", { versionText: "hdiffz\n" }],
])("a program that tells %s is ENGINE_UNAVAILABLE, and the next is not tried", async (_, plan) => {
  const { options, put } = await places();
  const path = await put("first/hdiffz", plan);
  await put("second/hdiffz");
  const error = await rejection(findTool("hdiffz", options));
  expect(error.code).toBe("ENGINE_UNAVAILABLE");
  expect(error.message).toContain(path);
});

test("a file that is no program is ENGINE_UNAVAILABLE", async () => {
  const { folder, options } = await places();
  await mkdir(join(folder, "first"));
  await writeFile(join(folder, "first/hdiffz"), "\x7fELF, but not really", { mode: 0o755 });
  expect((await rejection(findTool("hdiffz", options))).code).toBe("ENGINE_UNAVAILABLE");
});

test("the pinned program is found, by pins given and by their file", async () => {
  const { folder, options, put } = await places();
  const sha256 = await sha256Of(await put("first/hdiffz"));
  const pinsPath = join(folder, "potassium.tools.json");
  await writeFile(pinsPath, JSON.stringify(pinned(sha256.toUpperCase())));
  for (const pins of [pinned(sha256), pinsPath]) {
    expect(await findTool("hdiffz", { ...options, pins })).toMatchObject({ sha256, pinned: true });
  }
  expect(await namesIn(join(folder, "temporary"))).toEqual([]);
});

test("another digest than pinned is HASH_MISMATCH: the program never runs, nor the next", async () => {
  const { folder, options, put, runs } = await places();
  const right = await put("second/hdiffz");
  const pins = pinned(await sha256Of(right));
  const wrong = await put("first/hdiffz", { stdout: "evil" });
  const error = await rejection(findTool("hdiffz", { ...options, pins }));
  expect(error.code).toBe("HASH_MISMATCH");
  for (const part of [wrong, await sha256Of(wrong), await sha256Of(right)]) {
    expect(error.message).toContain(part);
  }
  expect(await runs()).toEqual([]);
  expect(await namesIn(join(folder, "temporary"))).toEqual([]);
});

test("another version than pinned is HASH_MISMATCH", async () => {
  const { folder, options, put } = await places();
  const pins = pinned(await sha256Of(await put("first/hdiffz")), "4.12.2");
  const error = await rejection(findTool("hdiffz", { ...options, pins }));
  expect(error.code).toBe("HASH_MISMATCH");
  expect(error.message).toMatch(/4\.12\.1.*4\.12\.2/);
  expect(await namesIn(join(folder, "temporary"))).toEqual([]);
});

test("with pins, what they don't name for this platform is ENGINE_UNAVAILABLE and never runs", async () => {
  const { options, put, runs } = await places();
  const pin = { version: "4.12.1", sha256: await sha256Of(await put("first/hdiffz")) };
  for (const platforms of [{}, { [here]: { hpatchz: pin } }, { "aix-ppc64": { hdiffz: pin } }]) {
    const error = await rejection(findTool("hdiffz", { ...options, pins: { platforms } }));
    expect(error.code).toBe("ENGINE_UNAVAILABLE");
    expect(error.message).toContain(`not pinned for ${here}`);
  }
  expect(await runs()).toEqual([]);
});

test("pins that are broken are INVALID_ARGUMENT, missing ones NOT_FOUND; nothing runs", async () => {
  const { folder, options, put, runs } = await places();
  await put("first/hdiffz");
  const call = (pins: unknown) =>
    rejection(findTool("hdiffz", { ...options, pins } as ToolOptions));
  expect(await call(pinned("abc"))).toMatchObject({
    code: "INVALID_ARGUMENT",
    field: `platforms.${here}.hdiffz.sha256`,
  });
  expect((await call(null)).code).toBe("INVALID_ARGUMENT");
  expect((await call(join(folder, "gone.json"))).code).toBe("NOT_FOUND");
  expect(await runs()).toEqual([]);
});

test("a pinned program that is exchanged or written to after the check does not run", async () => {
  const { options, put, runs, folder } = await places();
  const path = await put("first/hdiffz");
  const pins = pinned(await sha256Of(path));
  const { tool, program, close } = await openTool("hdiffz", { ...options, pins });
  // In place, by the same inode: what a check of an open file would not notice.
  await appendFile(path, "\nprocess.exit(66);");
  await copyFile(await put("evil", { exitCode: 67 }), path);
  expect((await runTool(program, ["x"])).exitCode).toBe(0);
  const programs = (await runs()).map((run) => run.program);
  expect(programs.every((run) => run.startsWith(join(folder, "temporary")))).toBe(true);
  expect(programs.length).toBe(2);
  expect(tool.path).toBe(path);
  await close();
  expect(await namesIn(join(folder, "temporary"))).toEqual([]);
});

test("an aborted search rejects with the signal's reason, before anything runs", async () => {
  const { options, put, runs } = await places();
  await put("first/hdiffz");
  const signal = AbortSignal.abort("gone");
  expect(await rejection(findTool("hdiffz", { ...options, signal }))).toBe("gone");
  expect(await runs()).toEqual([]);
});

test("a path with NUL is INVALID_ARGUMENT and named", async () => {
  expect(await rejection(findTool("hdiffz", { hdiffz: "a\0b" }))).toMatchObject({
    code: "INVALID_ARGUMENT",
    field: "hdiffz",
  });
});

test("only hdiffz and hpatchz are looked up: any other name is INVALID_ARGUMENT and never runs", async () => {
  const { options, put, runs } = await places();
  await put("first/bsdiff");
  const error = await rejection(findTool("bsdiff" as "hdiffz", options));
  expect(error).toMatchObject({ code: "INVALID_ARGUMENT", field: "name" });
  expect(await runs()).toEqual([]);
});

test("misspelt options are INVALID_ARGUMENT, and nothing runs unpinned for them", async () => {
  const { options, put, runs } = await places();
  const hdiffz = await put("first/hdiffz");
  for (const [wrong, field] of [
    [{ tools: options }, "tools"],
    [{ ...options, pin: "potassium.tools.json" }, "pin"],
    [{ ...options, path: [hdiffz] }, "path"],
    [{ ...options, pins: [] }, "pins"],
    [{ ...options, executableFolder: 3 }, "executableFolder"],
    [null, "options"],
  ] as const) {
    const error = await rejection(findTool("hdiffz", wrong as never));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", field });
  }
  expect(await runs()).toEqual([]);
});

test("a folder for the pinned program's copy that is missing is told by its option", async () => {
  const { folder, options, put } = await places();
  const pins = pinned(await sha256Of(await put("first/hdiffz")));
  const temporaryFolder = join(folder, "gone");
  const error = await rejection(findTool("hdiffz", { ...options, pins, temporaryFolder }));
  expect(error.message).toContain(`tools.temporaryFolder ${temporaryFolder}: it is not there`);
});

test("a place that is twice in PATH is told once, with the option that names another", async () => {
  const { folder, options } = await places();
  const path = [join(folder, "first"), join(folder, "first")].join(":");
  const { message } = await rejection(findTool("hdiffz", { ...options, path }));
  expect(message.split(join(folder, "first", "hdiffz")).length).toBe(2);
  expect(message).toContain("tools.hdiffz");
});

test("a named program that is not there is told to be the option's fault", async () => {
  const { options } = await places();
  const { message } = await rejection(findTool("hdiffz", { ...options, hdiffz: "/nope/hdiffz" }));
  expect(message).toMatch(/tools\.hdiffz names no program: \/nope\/hdiffz \(not there\)/);
  expect(message).not.toContain("releases");
});
