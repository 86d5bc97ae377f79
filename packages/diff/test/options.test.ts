import * as callbackFileSystem from "node:fs";
import * as fileSystem from "node:fs/promises";
import { describe, expect, test } from "vitest";
import {
  applyWithTool,
  createBsdiff,
  createHdiff,
  generateWithTool,
  hdiff,
  inspect,
} from "../src/index.js";
import { encodeHdiff13 } from "./fixture/hdiff-encoder.js";
import { rejectionOf } from "./fixture/rejection-of.js";
import { WorkFolder } from "./fixture/work-folder.js";

const digest = "0".repeat(64);
const [old, next] = [Buffer.from("old"), Buffer.from("new one")];
const patch = encodeHdiff13({ old, next, covers: [] });

async function work() {
  const folder = await WorkFolder.make();
  await folder.write("old", old);
  await folder.write("new", next);
  await folder.write("patch", patch);
  const paths = ["old", "patch", "made"].map((name) => folder.path(name));
  return { folder, paths: paths as [string, string, string] };
}

const misused = (field: string) => expect.objectContaining({ code: "INVALID_ARGUMENT", field });

/** Options that a call would pass over in silence, and the field that the error names. */
const common: readonly (readonly [options: unknown, field: string])[] = [
  [null, "options"],
  ["tool", "options"],
  [() => {}, "options"],
  [[], "options"],
  [{ signal: new AbortController() }, "signal"],
  [{ signal: {} }, "signal"],
  [{ onProgress: "x" }, "onProgress"],
  [{ onprogress: () => {} }, "onprogress"],
];
const wrongApply: typeof common = [
  ...common,
  [{ expected: digest }, "expected"],
  [{ expected: [digest] }, "expected"],
  [{ expected: null }, "expected"],
  [{ expected: { newsha256: digest } }, "expected.newsha256"],
  [{ expected: { sha256: digest } }, "expected.sha256"],
  [{ newSha256: digest }, "newSha256"],
  [{ maxBytes: 1 }, "maxBytes"],
  [{ maxWindowBytes: 1 }, "maxWindowBytes"],
  [{ maxMemoryBytes: 1 }, "maxMemoryBytes"],
  [{ selfCheck: true }, "selfCheck"],
];
const wrongTools: typeof common = [
  [{ tools: "path" }, "tools"],
  [{ tools: { hdiff: "hdiffz" } }, "tools.hdiff"],
  [{ tools: { pin: "potassium.tools.json" } }, "tools.pin"],
  [{ tools: { hdiffz: 3 } }, "tools.hdiffz"],
  [{ tools: { path: ["/usr/bin"] } }, "tools.path"],
  [{ tools: { pins: { platforms: { "linux-x64": { hdifz: {} } } } } }, "platforms.linux-x64.hdifz"],
];

describe("options that would be passed over are INVALID_ARGUMENT, and nothing is written", () => {
  for (const [name, wrong, call] of [
    [
      "apply()",
      [...wrongApply, [{ tools: {} }, "tools"], [{ timeoutMs: 1 }, "timeoutMs"]],
      (paths: [string, string, string], options: never) => hdiff.apply(...paths, options),
    ],
    [
      "applyBytes()",
      [...wrongApply, [{ engine: "tool" }, "engine"]],
      (_: unknown, options: never) => hdiff.applyBytes(old, patch, options),
    ],
    [
      "applyWithTool()",
      [...wrongApply, ...wrongTools, [{ engine: "tool" }, "engine"]],
      (paths: [string, string, string], options: never) => applyWithTool(...paths, options),
    ],
    [
      "generate()",
      [...common, [{ compress: "zstd" }, "compress"], [{ selfcheck: false }, "selfcheck"]],
      (paths: [string, string, string], options: never) => hdiff.generate(...paths, options),
    ],
    [
      "generateBytes()",
      [...common, [{ expected: {} }, "expected"], [{ selfCheck: 0 }, "selfCheck"]],
      (_: unknown, options: never) => hdiff.generateBytes(old, next, options),
    ],
    [
      "generateWithTool()",
      [...common, ...wrongTools, [{ engine: "tool" }, "engine"], [{ selfCheck: 1 }, "selfCheck"]],
      (paths: [string, string, string], options: never) => generateWithTool(...paths, options),
    ],
    [
      "inspect()",
      [...common.slice(0, 6), [{ sginal: undefined }, "sginal"], [{ fs: {} }, "fs"]],
      (paths: [string, string, string], options: never) => inspect(paths[1], options),
    ],
  ] as const) {
    test(name, async () => {
      const { folder, paths } = await work();
      for (const [options, field] of wrong) {
        const error = await rejectionOf(() => call(paths, options as never));
        expect(error, JSON.stringify(options)).toEqual(misused(field));
      }
      expect(await folder.names()).toEqual(["new", "old", "patch"]);
    });
  }

  test("of an engine, when it is made", () => {
    const wrong = [
      ...[...common.slice(0, 4), ...wrongTools],
      ...([
        [{ tool: "hdiffz" }, "tool"],
        [{ hdiffz: "hdiffz" }, "hdiffz"],
        [{ maxNewBytes: 1 }, "maxNewBytes"],
        [{ fs: {} }, "fs"],
        [{ fs: 3 }, "fs"],
        [{ fs: { ...fileSystem, rename: undefined } }, "fs"],
      ] as const),
    ];
    for (const [options, field] of wrong) {
      for (const create of [createHdiff, createBsdiff]) {
        expect(() => create(options as never), JSON.stringify(options)).toThrow(misused(field));
      }
    }
  });
});

test("node:fs in the place of its promises is refused, and the right one told", () => {
  expect(() => createHdiff({ fs: callbackFileSystem as never })).toThrow("give fs.promises");
  expect(() => createHdiff({ fs: callbackFileSystem.promises })).not.toThrow();
});

test("a path that is none is refused by what it is, and the way out told", async () => {
  const { folder, paths } = await work();
  for (const [path, told] of [
    [new URL("file:///old"), "fileURLToPath"],
    [old, "applyBytes()"],
    [3, "not 3"],
  ] as const) {
    const error = await rejectionOf(() => hdiff.apply(path as never, paths[1], paths[2]));
    expect(error).toEqual(misused("oldPath"));
    expect(error.message).toContain(told);
  }
  expect(await folder.names()).toEqual(["new", "old", "patch"]);
});

test("an async onProgress is INVALID_ARGUMENT, leaves nothing and its rejection is handled", async () => {
  const { folder, paths } = await work();
  const onProgress = async () => {
    throw new Error("the progress bar broke");
  };
  for (const call of [
    () => hdiff.apply(...paths, { onProgress }),
    () => hdiff.applyBytes(old, patch, { onProgress }),
  ]) {
    // An unhandled rejection would fail the whole run.
    expect(await rejectionOf(call)).toEqual(misused("onProgress"));
  }
  expect(await folder.names()).toEqual(["new", "old", "patch"]);
});

test("every phase of progress starts at 0", async () => {
  const { paths } = await work();
  const { createHash } = await import("node:crypto");
  const oldSha256 = createHash("sha256").update(old).digest("hex");
  for (const apply of [
    (options: object) => hdiff.apply(...paths, options),
    (options: object) => hdiff.applyBytes(old, patch, options),
  ]) {
    const firsts = new Map<string, number>();
    await apply({
      expected: { oldSha256 },
      onProgress: ({ phase, doneBytes }: { phase: string; doneBytes: number }) => {
        if (!firsts.has(phase)) firsts.set(phase, doneBytes);
      },
    });
    expect([...firsts]).toEqual([
      ["hash", 0],
      ["apply", 0],
    ]);
  }
});
