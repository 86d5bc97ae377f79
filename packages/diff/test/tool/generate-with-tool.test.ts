import { execFileSync } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import type { PatchProgress } from "@potassium/core-types";
import { expect, test, vi } from "vitest";
import { createBsdiff } from "../../src/bsdiff.js";
import { createHdiff } from "../../src/hdiff.js";
import {
  type GenerateWithToolOptions,
  generateWithTool,
} from "../../src/tool/generate-with-tool.js";
import { encodeHdiff13 } from "../fixture/hdiff-encoder.js";
import { rejection } from "./rejection.js";
import { runsOf, type StandInPlan, writeStandIn } from "./stand-in.js";
import { namesIn, sha256Of, testFolder } from "./test-folder.js";

const [oldText, newText] = ["old", "new one"];
const hdiff13 = encodeHdiff13({
  old: Buffer.from(oldText),
  next: Buffer.from(newText),
  covers: [],
});

interface Work {
  /** Holds old, new, and what was written. */
  readonly folder: string;
  readonly path: (name: string) => string;
  readonly options: GenerateWithToolOptions;
  readonly generate: (options?: GenerateWithToolOptions) => ReturnType<typeof generateWithTool>;
  readonly runs: () => ReturnType<typeof runsOf>;
}

async function work(plan: Partial<StandInPlan> = {}): Promise<Work> {
  const [folder, tools] = [await testFolder(), await testFolder()];
  const path = (name: string) => join(folder, name);
  const runsPath = join(tools, "runs");
  const hdiffz = await writeStandIn(join(tools, "hdiffz"), {
    ...{ name: "hdiffz", runsPath, writesBase64: hdiff13.toString("base64") },
    ...plan,
  });
  await writeFile(path("old"), oldText);
  await writeFile(path("new"), newText);
  await writeFile(path("patch"), "what stood there");
  const temporaryFolder = join(tools, "temporary");
  await mkdir(temporaryFolder);
  const options = { tools: { hdiffz, temporaryFolder } };
  return {
    ...{ folder, path, options },
    generate: (more = {}) =>
      generateWithTool(path("old"), path("new"), path("patch"), { ...options, ...more }),
    runs: async () => (await runsOf(runsPath)).filter(({ args }) => args[0] !== "-v"),
  };
}

async function expectUntouched({ folder, path, options }: Work): Promise<void> {
  expect(await namesIn(folder)).toEqual(["new", "old", "patch"]);
  expect(await readFile(path("patch"), "utf8")).toBe("what stood there");
  expect(await readdir(options.tools?.temporaryFolder ?? "")).toEqual([]);
}

test("the patch takes its place whole, and its size is told", async () => {
  const { folder, path, generate } = await work();
  expect(await generate()).toEqual({ patchBytes: hdiff13.length });
  expect(await readFile(path("patch"))).toEqual(hdiff13);
  expect(await namesIn(folder)).toEqual(["new", "old", "patch"]);
});

test("hdiffz gets options, then absolute paths, the last one of a temporary file beside the patch", async () => {
  const { folder, path, generate, runs, options } = await work();
  await generate({ mode: "stream", compress: "zstd", level: 3 });
  const nearby = (name: string) => relative(process.cwd(), path(name));
  await generateWithTool(nearby("old"), nearby("new"), nearby("patch"), options);
  const all = (await runs()).map(({ args }) => args);
  expect(all.map((args) => args.slice(0, -1))).toEqual([
    ["-s-64", "-c-zstd-3", "-p-1", "-d", path("old"), path("new")],
    ["-m-6", "-c-zlib", "-p-1", "-d", path("old"), path("new")],
  ]);
  for (const args of all) {
    expect(relative(folder, args.at(-1) ?? "")).toMatch(/^\.potassium-[^/]+\.tmp$/);
  }
});

test("a pinned hdiffz runs as a copy, which is removed", async () => {
  const { generate, runs, options } = await work();
  const sha256 = await sha256Of(options.tools?.hdiffz ?? "");
  const platform = `${process.platform}-${process.arch}`;
  const pins = { platforms: { [platform]: { hdiffz: { version: "4.12.1", sha256 } } } };
  await generate({ tools: { ...options.tools, pins } });
  const temporaryFolder = options.tools?.temporaryFolder ?? "";
  expect((await runs())[0]?.program.startsWith(temporaryFolder)).toBe(true);
  expect(await readdir(temporaryFolder)).toEqual([]);
});

test.each([
  [1, "ENGINE_UNAVAILABLE"],
  [2, "IO_ERROR"],
  [3, "IO_ERROR"],
  [5, "TOO_LARGE"],
  [7, "IO_ERROR"],
  [13, "NOT_FOUND"],
  [99, "IO_ERROR"],
])("exit code %i is %s, in hdiffz's words, and leaves nothing", async (exitCode, code) => {
  const made = await work({ exitCode, stderr: "it went wrong\n" });
  const error = await rejection(made.generate());
  expect(error.code).toBe(code);
  expect(error.message).toContain("it went wrong");
  await expectUntouched(made);
});

test("hdiffz that ran out of memory is TOO_LARGE, and the mode that needs less is told", async () => {
  const made = await work({ exitCode: 6, stderr: "diff run an error: std::bad_alloc ERROR!\n" });
  const error = await rejection(made.generate());
  expect(error.code).toBe("TOO_LARGE");
  expect(error.message).toContain('mode "stream"');
  await expectUntouched(made);
});

test.each<[string, Partial<StandInPlan>]>([
  ["a folder tree", { makesFolder: true, writesBase64: undefined as never }],
  ["nothing", { writesBase64: undefined as never }],
  ["an empty file", { writesBase64: "" }],
  ["HDIFF19", { writesBase64: Buffer.from("HDIFF19&&fadler64\0").toString("base64") }],
  ["another format", { writesBase64: Buffer.from("BSDIFF40").toString("base64") }],
])("hdiffz that says it was done and wrote %s is IO_ERROR, and leaves nothing", async (_, plan) => {
  const made = await work(plan);
  expect((await rejection(made.generate())).code).toBe("IO_ERROR");
  await expectUntouched(made);
});

test("hdiffz that is killed on an abort in the middle of its output leaves nothing", async () => {
  const startedPath = join(await testFolder(), "started");
  const made = await work({ hangs: true, ignoresSigterm: true, startedPath });
  const controller = new AbortController();
  const running = rejection(made.generate({ signal: controller.signal }));

  await vi.waitFor(() => readFile(startedPath), { timeout: 30_000, interval: 10 });
  expect((await namesIn(made.folder)).length).toBe(4);
  controller.abort("gone");
  expect(await running).toBe("gone");
  await expectUntouched(made);
});

test("hdiffz that takes longer than timeoutMs is TIMEOUT and leaves nothing", async () => {
  const made = await work({ hangs: true });
  expect((await rejection(made.generate({ timeoutMs: 1_000 }))).code).toBe("TIMEOUT");
  await expectUntouched(made);
});

test("progress is told at the start and the end; what it throws ends the call", async () => {
  const made = await work();
  for (const failing of [1, 2]) {
    let reports = 0;
    const failure = new Error("the progress bar broke");
    const onProgress = () => {
      reports += 1;
      if (reports === failing) throw failure;
    };
    expect(await rejection(made.generate({ onProgress }))).toBe(failure);
    await expectUntouched(made);
  }
  const reports: PatchProgress[] = [];
  await made.generate({ onProgress: (progress) => reports.push(progress) });
  expect(reports).toEqual([
    { phase: "match", doneBytes: 0, totalBytes: 7 },
    { phase: "match", doneBytes: 7, totalBytes: 7 },
    { phase: "verify", doneBytes: 0, totalBytes: 7 },
    { phase: "verify", doneBytes: 7, totalBytes: 7 },
  ]);
});

test("an abort at the last sign of progress still leaves nothing", async () => {
  const made = await work();
  const controller = new AbortController();
  const onProgress = ({ phase, doneBytes }: PatchProgress) => {
    if (phase === "verify" && doneBytes > 0) controller.abort("gone");
  };
  expect(await rejection(made.generate({ signal: controller.signal, onProgress }))).toBe("gone");
  await expectUntouched(made);
});

test("folders, pipes and empty paths never reach hdiffz", async () => {
  const made = await work();
  const { path, options, runs } = made;
  const [outside, patch] = [await testFolder(), path("patch")];
  execFileSync("mkfifo", [join(outside, "pipe")]);
  for (const [bad, code] of [
    [outside, "IO_ERROR"],
    [join(outside, "pipe"), "IO_ERROR"],
    [join(outside, "gone"), "NOT_FOUND"],
    ["", "INVALID_ARGUMENT"],
  ] as const) {
    const calls = [
      generateWithTool(bad, path("new"), patch, options),
      generateWithTool(path("old"), bad, patch, options),
    ];
    for (const call of calls) expect((await rejection(call)).code).toBe(code);
  }
  expect(await runs()).toEqual([]);
  await expectUntouched(made);
});

test("a place in no folder, or that is one, is refused before hdiffz runs", async () => {
  const made = await work();
  const { path, options, runs, folder } = made;
  for (const [bad, code] of [
    [path("gone/patch"), "NOT_FOUND"],
    [path("old/patch"), "NOT_FOUND"],
    [folder, "IO_ERROR"],
  ] as const) {
    const call = generateWithTool(path("old"), path("new"), bad, options);
    expect((await rejection(call)).code).toBe(code);
  }
  expect(await runs()).toEqual([]);
  await expectUntouched(made);
});

test("a patch that does not bring forth the new file is not handed over, unless selfCheck is off", async () => {
  const wrong = encodeHdiff13({
    old: Buffer.from(oldText),
    next: Buffer.from("new two"),
    covers: [],
  });
  const made = await work({ writesBase64: wrong.toString("base64") });
  const error = await rejection(made.generate());
  expect(error.code).toBe("IO_ERROR");
  expect(error.message).toContain(made.path("new"));
  await expectUntouched(made);
  expect(await made.generate({ selfCheck: false })).toEqual({ patchBytes: wrong.length });
});

test("more memory than maxMemoryBytes is TOO_LARGE, but not in the mode that needs little", async () => {
  const made = await work();
  const needed = 5 * oldText.length + newText.length;
  const error = await rejection(made.generate({ maxMemoryBytes: needed - 1 }));
  expect(error.code).toBe("TOO_LARGE");
  expect(await made.runs()).toEqual([]);
  await expectUntouched(made);
  await made.generate({ maxMemoryBytes: needed });
  await made.generate({ maxMemoryBytes: 1, mode: "stream" });
});

test("hdiff.generate() by hdiffz matches block by block where matching in memory would need more than maxMemoryBytes", async () => {
  const { path, options, runs } = await work();
  const hdiff = createHdiff({ tools: options.tools });
  const modes = async () => (await runs()).map(({ args }) => args.find((a) => /^-[ms]/.test(a)));
  const byTool = { engine: "tool", selfCheck: false } as const;
  await hdiff.generate(path("old"), path("new"), path("patch"), byTool);
  expect(await modes()).toEqual(["-m-6"]);
  const little = { ...byTool, maxMemoryBytes: 1 };
  await hdiff.generate(path("old"), path("new"), path("patch"), little);
  expect(await modes()).toEqual(["-m-6", expect.stringMatching(/^-s/)]);
});

test("bsdiff.generate() by hdiffz takes no more than maxMemoryBytes either", async () => {
  const { path, options, runs } = await work();
  const bsdiff = createBsdiff({ tools: options.tools });
  const little = { engine: "tool", maxMemoryBytes: 1 } as const;
  const call = bsdiff.generate(path("old"), path("new"), path("patch"), little);
  expect((await rejection(call)).code).toBe("TOO_LARGE");
  expect(await runs()).toEqual([]);
});
