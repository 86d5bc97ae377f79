import { execFileSync } from "node:child_process";
import { chmod, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PatchProgress } from "@potassium/core-types";
import { expect, test } from "vitest";
import { type ApplyWithToolOptions, applyWithTool } from "../../src/tool/apply-with-tool.js";
import { rejection } from "./rejection.js";
import { runsOf, type StandInPlan, writeStandIn } from "./stand-in.js";
import { namesIn, sha256, testFolder } from "./test-folder.js";

const newBytes = Buffer.from("the new one");
const oldBytes = Buffer.from("old");

/** A patch that needs nothing of the old file: all of the new one is fresh. */
const patchBytes = Buffer.concat([
  Buffer.from("HDIFF13&\0", "latin1"),
  // new, old, covers; then size and compressed size of covers, control, code, fresh
  Buffer.from([newBytes.length, oldBytes.length, 0, 0, 0, 1, 0, 0, 0, newBytes.length, 0]),
  Buffer.from([newBytes.length - 1]),
  newBytes,
]);

interface Work {
  readonly folder: string;
  readonly path: (name: string) => string;
  readonly options: ApplyWithToolOptions;
  readonly apply: (options?: ApplyWithToolOptions) => ReturnType<typeof applyWithTool>;
  readonly runs: () => ReturnType<typeof runsOf>;
}

async function work(plan: Partial<StandInPlan> = {}): Promise<Work> {
  const [folder, tools] = [await testFolder(), await testFolder()];
  const path = (name: string) => join(folder, name);
  const runsPath = join(tools, "runs");
  const hpatchz = await writeStandIn(join(tools, "hpatchz"), {
    ...{ name: "hpatchz", runsPath, writesBase64: newBytes.toString("base64") },
    ...plan,
  });
  await writeFile(path("old"), oldBytes);
  await writeFile(path("patch"), patchBytes);
  await writeFile(path("new"), "what stood there");
  const temporaryFolder = join(tools, "temporary");
  await mkdir(temporaryFolder);
  const options = { tools: { hpatchz, temporaryFolder } };
  return {
    ...{ folder, path, options },
    apply: (more = {}) =>
      applyWithTool(path("old"), path("patch"), path("new"), { ...options, ...more }),
    runs: async () => (await runsOf(runsPath)).filter(({ args }) => args[0] !== "-v"),
  };
}

async function expectUntouched({ folder, path, options }: Work): Promise<void> {
  expect(await namesIn(folder)).toEqual(["new", "old", "patch"]);
  expect(await readFile(path("new"), "utf8")).toBe("what stood there");
  expect(await readFile(path("old"))).toEqual(oldBytes);
  expect(await readdir(options.tools?.temporaryFolder ?? "")).toEqual([]);
}

test("the new file takes its place whole, which may be that of the old one", async () => {
  const { folder, path, apply, options } = await work();
  expect(await apply()).toEqual({ newBytes: newBytes.length });
  await applyWithTool(path("old"), path("patch"), path("old"), options);
  for (const name of ["new", "old"]) expect(await readFile(path(name))).toEqual(newBytes);
  expect(await namesIn(folder)).toEqual(["new", "old", "patch"]);
});

test("the new file takes the mode of the one that it replaces", async () => {
  const { path, apply } = await work();
  await chmod(path("new"), 0o751);
  await apply();
  expect((await stat(path("new"))).mode & 0o7777).toBe(0o751);
});

test("hpatchz never gets the place itself", async () => {
  const { path, runs, options } = await work();
  await applyWithTool(path("old"), path("patch"), path("old"), options);
  const [run] = await runs();
  expect(run?.args.slice(0, -1)).toEqual([path("old"), path("patch")]);
  expect(run?.args.at(-1)).toMatch(/\/\.potassium-[^/]+\.tmp$/);
});

test.each([
  [1, "ENGINE_UNAVAILABLE"],
  [2, "NOT_FOUND"],
  [3, "IO_ERROR"],
  [4, "IO_ERROR"],
  [5, "IO_ERROR"],
  [6, "CORRUPT_PATCH"],
  [8, "TOO_LARGE"],
  [9, "CORRUPT_PATCH"],
  [10, "CODEC_UNAVAILABLE"],
  [11, "CORRUPT_PATCH"],
  [16, "CORRUPT_PATCH"],
  [17, "CORRUPT_PATCH"],
  [20, "CORRUPT_PATCH"],
  [22, "TOO_LARGE"],
  [23, "CORRUPT_PATCH"],
  [24, "IO_ERROR"],
])("exit code %i is %s, in hpatchz's words, and leaves nothing", async (exitCode, code) => {
  const made = await work({ exitCode, stderr: "it went wrong\n" });
  const error = await rejection(made.apply());
  expect(error.code).toBe(code);
  expect(error.message).toContain("it went wrong");
  await expectUntouched(made);
});

test.each<[string, Partial<StandInPlan>]>([
  ["a folder tree", { makesFolder: true, writesBase64: undefined as never }],
  ["nothing", { writesBase64: undefined as never }],
  ["less than the patch tells", { writesBase64: newBytes.subarray(1).toString("base64") }],
  ["more than the patch tells", { writesBase64: `AAAA${newBytes.toString("base64")}` }],
])(
  "hpatchz that says it was done and wrote %s is IO_ERROR, and leaves nothing",
  async (_, plan) => {
    const made = await work(plan);
    expect((await rejection(made.apply())).code).toBe("IO_ERROR");
    await expectUntouched(made);
  },
);

test.each<[string, string | Uint8Array, string]>([
  ["HDIFF19", "HDIFF19&zlib&fadler64\0", "UNSUPPORTED_FORMAT"],
  ["HDIFFW26", "HDIFFW26&zlib\0", "UNSUPPORTED_FORMAT"],
  ["VCDIFF", Buffer.from([0xd6, 0xc3, 0xc4, 0, 0]), "UNSUPPORTED_FORMAT"],
  ["HSyn", "HSynUpdate", "UNSUPPORTED_FORMAT"],
  ["text", "no patch at all, but some text", "UNSUPPORTED_FORMAT"],
  ["an empty file", "", "CORRUPT_PATCH"],
  ["half a header", patchBytes.subarray(0, 12), "CORRUPT_PATCH"],
  ["half a patch", patchBytes.subarray(0, -1), "CORRUPT_PATCH"],
])("%s never reaches hpatchz", async (_, bytes, code) => {
  const made = await work();
  await writeFile(made.path("patch"), bytes);
  expect((await rejection(made.apply())).code).toBe(code);
  expect(await made.runs()).toEqual([]);
  await expectUntouched(made);
});

test("digests that are as expected go through, with progress in order", async () => {
  const { apply } = await work();
  const reports: PatchProgress[] = [];
  const expected = { oldSha256: sha256(oldBytes), newSha256: sha256(newBytes).toUpperCase() };
  await apply({ expected, onProgress: (progress) => reports.push(progress) });
  expect(
    reports.map(({ phase, doneBytes, totalBytes }) => `${phase} ${doneBytes}/${totalBytes}`),
  ).toEqual(["hash 0/3", "hash 3/3", "apply 0/11", "apply 11/11", "verify 0/11", "verify 11/11"]);
});

test("another old file than expected is HASH_MISMATCH before hpatchz runs", async () => {
  const made = await work();
  const error = await rejection(made.apply({ expected: { oldSha256: sha256(newBytes) } }));
  expect(error.code).toBe("HASH_MISMATCH");
  expect(error.message).toContain(made.path("old"));
  expect(await made.runs()).toEqual([]);
  await expectUntouched(made);
});

test("another new file than expected is HASH_MISMATCH and leaves nothing", async () => {
  const made = await work();
  const error = await rejection(made.apply({ expected: { newSha256: sha256(oldBytes) } }));
  expect(error.code).toBe("HASH_MISMATCH");
  expect(error.message).toContain(made.path("new"));
  await expectUntouched(made);
});

test("a result above maxNewBytes is TOO_LARGE before hpatchz runs", async () => {
  const made = await work();
  const maxNewBytes = newBytes.length - 1;
  expect((await rejection(made.apply({ maxNewBytes }))).code).toBe("TOO_LARGE");
  expect(await made.runs()).toEqual([]);
  await expectUntouched(made);
  await made.apply({ maxNewBytes: newBytes.length });
});

test("hpatchz that is killed at the end of timeoutMs leaves nothing", async () => {
  const made = await work({ hangs: true, ignoresSigterm: true });
  expect((await rejection(made.apply({ timeoutMs: 1_000 }))).code).toBe("TIMEOUT");
  await expectUntouched(made);
});

test("an abort at any sign of progress leaves nothing", async () => {
  const made = await work();
  const expected = { oldSha256: sha256(oldBytes), newSha256: sha256(newBytes) };
  for (let last = 1; last <= 6; last += 1) {
    const controller = new AbortController();
    let reports = 0;
    const onProgress = () => {
      reports += 1;
      if (reports === last) controller.abort("gone");
    };
    const { signal } = controller;
    expect(await rejection(made.apply({ expected, signal, onProgress }))).toBe("gone");
    await expectUntouched(made);
  }
});

test("folders, pipes and empty paths never reach hpatchz", async () => {
  const made = await work();
  const { path, options, runs } = made;
  const [outside, place] = [await testFolder(), path("new")];
  execFileSync("mkfifo", [join(outside, "pipe")]);
  for (const [bad, code] of [
    [outside, "IO_ERROR"],
    [join(outside, "pipe"), "IO_ERROR"],
    [join(outside, "gone"), "NOT_FOUND"],
    ["", "INVALID_ARGUMENT"],
  ] as const) {
    const calls = [
      applyWithTool(bad, path("patch"), place, options),
      applyWithTool(path("old"), bad, place, options),
    ];
    for (const call of calls) expect((await rejection(call)).code).toBe(code);
  }
  expect(await runs()).toEqual([]);
  await expectUntouched(made);
});
