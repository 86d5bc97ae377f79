import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { createBsdiff } from "../../src/bsdiff.js";
import { createHdiff } from "../../src/hdiff.js";
import { applyWithTool } from "../../src/tool/apply-with-tool.js";
import { findTool } from "../../src/tool/find-tool.js";
import {
  type GenerateWithToolOptions,
  generateWithTool,
} from "../../src/tool/generate-with-tool.js";
import { pinTool } from "../../src/tool/tool-pins-file.js";
import { availableTool } from "./available-tool.js";
import { rejection } from "./rejection.js";
import { namesIn, sha256Of, testFolder } from "./test-folder.js";

const hdiffz = await availableTool("hdiffz");
const hpatchz = await availableTool("hpatchz");
const tools = { hdiffz: hdiffz?.path, hpatchz: hpatchz?.path };
const vectors = fileURLToPath(new URL("../vectors/", import.meta.url));

interface Pair {
  readonly folder: string;
  readonly old: string;
  readonly wanted: string;
  readonly path: (name: string) => string;
}

/** Text, of which every codec makes less. */
const sha256Bytes = (text: string): Buffer => createHash("sha256").update(text).digest();

async function pair(): Promise<Pair> {
  const folder = await testFolder();
  const path = (name: string) => join(folder, name);
  const lines = Array.from(
    { length: 20_000 },
    (_, index) => `line ${index} of ${index % 97} kinds`,
  );
  await writeFile(path("old"), lines.join("\n"));
  const edited = lines.flatMap((line, index) => (index % 501 === 0 ? [`${line}!`, line] : [line]));
  await writeFile(path("wanted"), edited.reverse().join("\n"));
  return { folder, old: path("old"), wanted: path("wanted"), path };
}

const kinds: readonly GenerateWithToolOptions[] = [
  ...(["hdiff13", "hdiffsf20"] as const).flatMap((format) =>
    (["memory", "stream"] as const).flatMap((mode) =>
      (["none", "zlib", "bz2", "lzma", "lzma2", "zstd"] as const).map((compress) => ({
        ...{ format, mode, compress },
        ...(compress === "none" ? {} : { level: 3 }),
      })),
    ),
  ),
  { format: "bsdiff40" },
  { format: "bsdiff40", mode: "stream", blockBytes: 32, level: 1, selfCheck: false },
];

describe.skipIf(hdiffz === undefined || hpatchz === undefined)(
  "the real hdiffz and hpatchz",
  () => {
    test.each(kinds)(
      "a patch by %j is read by hpatchz and by the builtin applier",
      async (kind) => {
        const { old, wanted, path } = await pair();
        const { patchBytes } = await generateWithTool(old, wanted, path("patch"), {
          ...kind,
          tools,
        });
        expect((await readFile(path("patch"))).length).toBe(patchBytes);
        const newSha256 = await sha256Of(wanted);
        const options = { tools, expected: { oldSha256: await sha256Of(old), newSha256 } };
        await applyWithTool(old, path("patch"), path("by hpatchz"), options);
        const builtin = kind.format === "bsdiff40" ? createBsdiff() : createHdiff();
        const { expected } = options;
        await builtin.apply(old, path("patch"), path("by us"), { expected });
        expect(await sha256Of(path("by hpatchz"))).toBe(newSha256);
      },
    );

    test("an LZMA2 patch with incompressible bytes amid text goes on behind stored chunks", async () => {
      const { old, wanted, path } = await pair();
      const text = await readFile(old);
      const noise = Array.from({ length: 9600 }, (_, index) => sha256Bytes(`${index}`));
      await writeFile(wanted, Buffer.concat([text.reverse(), ...noise, text, text.reverse()]));
      for (const level of [1, 9]) {
        const options = { tools, compress: "lzma2", level } as const;
        await generateWithTool(old, wanted, path("patch"), options);
        await createHdiff().apply(old, path("patch"), path("new"));
        expect(await sha256Of(path("new"))).toBe(await sha256Of(wanted));
      }
    });

    test("the same files make the same patch", async () => {
      const { old, wanted, path } = await pair();
      for (const name of ["1", "2"]) await generateWithTool(old, wanted, path(name), { tools });
      expect(await sha256Of(path("1"))).toBe(await sha256Of(path("2")));
    });

    test("both can be pinned, and then run as pinned", async () => {
      const { folder, old, wanted, path } = await pair();
      const pins = path("potassium.tools.json");
      for (const name of ["hdiffz", "hpatchz"] as const) {
        await pinTool(pins, await findTool(name, tools));
        expect((await findTool(name, { ...tools, pins })).pinned).toBe(true);
      }
      await generateWithTool(old, wanted, path("patch"), { tools: { ...tools, pins } });
      await applyWithTool(old, path("patch"), path("new"), { tools: { ...tools, pins } });
      expect(await sha256Of(path("new"))).toBe(await sha256Of(wanted));
      expect((await namesIn(folder)).length).toBe(5);
    });

    test("another size of the old file is CORRUPT_PATCH, as from the builtin engine", async () => {
      const { old, wanted, path } = await pair();
      await generateWithTool(old, wanted, path("patch"), { tools });
      await writeFile(old, "another");
      const error = await rejection(applyWithTool(old, path("patch"), path("new"), { tools }));
      expect(error.code).toBe("CORRUPT_PATCH");
      expect(error.message).toMatch(/exit code 6.*oldDataSize/s);
    });

    test("no bad patch gets past hpatchz and a digest, and none leaves anything", async () => {
      const { folder, old, path } = await pair();
      const seen = new Set<string>();
      for (const { file, old: oldFile } of index.malformed) {
        await copyFile(join(vectors, oldFile), old);
        await copyFile(join(vectors, file), path("patch"));
        const before = await namesIn(folder);
        // The builtin applier refuses them all; hpatchz lets some through, which is what digests are for.
        const expected = { newSha256: "0".repeat(64) };
        const call = applyWithTool(old, path("patch"), path("new"), { tools, expected });
        const { code, message } = await rejection(call);
        seen.add(`${code} ${/exit code \d+|ended by \w+/.exec(message)?.[0] ?? "before or after"}`);
        expect(await namesIn(folder), file).toEqual(before);
      }
      const told = [
        ...["before or after", ...[6, 11, 16, 17, 20, 23].map((code) => `exit code ${code}`)].map(
          (when) => `CORRUPT_PATCH ${when}`,
        ),
        "HASH_MISMATCH before or after",
        "IO_ERROR exit code 5",
        "UNSUPPORTED_FORMAT before or after",
      ];
      expect([...seen].sort()).toEqual(told.sort());
    });

    test("hpatchz applies the golden patches, one of each format and compression", async () => {
      const { path } = await pair();
      const byKind = new Map(
        index.cases.flatMap((made) =>
          made.patches.map(
            (patch) => [`${patch.format} ${patch.compress}`, { made, patch }] as const,
          ),
        ),
      );
      expect(byKind.size).toBeGreaterThan(10);
      for (const { made, patch } of byKind.values()) {
        const expected = { oldSha256: made.old.sha256, newSha256: made.new.sha256 };
        const [old, file] = [join(vectors, made.old.file), join(vectors, patch.file)];
        await applyWithTool(old, file, path("new"), { tools, expected });
      }
    });
  },
);

interface VectorIndex {
  readonly cases: readonly {
    readonly old: { readonly file: string; readonly sha256: string };
    readonly new: { readonly file: string; readonly sha256: string };
    readonly patches: readonly {
      readonly file: string;
      readonly format: string;
      readonly compress: string;
    }[];
  }[];
  readonly malformed: readonly { readonly file: string; readonly old: string }[];
}
const index: VectorIndex = JSON.parse(readFileSync(join(vectors, "index.json"), "utf8"));
