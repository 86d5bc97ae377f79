import * as fs from "node:fs/promises";
import { resolve } from "node:path";
import {
  type GenerateResult,
  optionNames,
  PatchError,
  type PatchOptions,
} from "@potassium/core-types";
import { verifyPatch } from "../apply/verify-patch.js";
import { checkOptions } from "../check-options.js";
import { defaultMaxWindowBytes, parseMaxMemory, parseSelfCheck } from "../engine-options.js";
import { expectApart } from "../file/check-output.js";
import { parsePath } from "../file/parse-path.js";
import type { PatchFormat } from "../format/recognise.js";
import { progressReporter } from "../progress-reporter.js";
import { type HdiffzOptions, hdiffzArguments } from "./hdiffz-arguments.js";
import { inputFileBytes } from "./input-file.js";
import { openTool } from "./open-tool.js";
import { parseTools } from "./parse-tool-options.js";
import { readPatchHead } from "./patch-head.js";
import { parseTimeout } from "./run-tool.js";
import type { ToolOptions } from "./tool-options.js";
import { writeByTool } from "./write-by-tool.js";

export interface GenerateWithToolOptions extends PatchOptions, HdiffzOptions {
  readonly tools?: ToolOptions | undefined;
  /** How long hdiffz may run, in milliseconds. @default without end */
  readonly timeoutMs?: number | undefined;
  /**
   * Whether this package applies the patch before it is handed over, and compares what comes out with the new
   * file (phase "verify"). @default true
   */
  readonly selfCheck?: boolean | undefined;
  /** In the mode "memory", `TOO_LARGE` where hdiffz would need more. @default without bound */
  readonly maxMemoryBytes?: number | undefined;
}

const writtenFormats: Readonly<Record<NonNullable<HdiffzOptions["format"]>, PatchFormat>> = {
  hdiff13: "HDIFF13",
  hdiffsf20: "HDIFFSF20",
  bsdiff40: "BSDIFF40",
};

const callNames = optionNames<GenerateWithToolOptions>({
  ...{ signal: true, onProgress: true, tools: true, timeoutMs: true, maxMemoryBytes: true },
  ...{ format: true, compress: true, level: true, mode: true, blockBytes: true, threads: true },
  selfCheck: true,
});

/**
 * Writes the patch that turns the old file into the new one by the program hdiffz, which is looked up as
 * `findTool` does. The same program, files and options make the same patch. hdiffz says nothing on its way: progress
 * is told at its start and end, in the phase "match", and then by the check, in the phase "verify".
 *
 * An abort, or the end of `timeoutMs`, kills hdiffz; the call rejects when it is gone. Should this
 * process be killed itself, hdiffz goes on, and leaves its `.potassium-….tmp` beside the patch's place.
 *
 * @throws `NOT_FOUND` (a file), `INVALID_ARGUMENT` (an option), `ENGINE_UNAVAILABLE` and `HASH_MISMATCH` (no
 *   hdiffz that may run), `TOO_LARGE` (memory), `TIMEOUT`, `IO_ERROR`
 */
export async function generateWithTool(
  oldPath: string,
  newPath: string,
  patchPath: string,
  options: GenerateWithToolOptions = {},
): Promise<GenerateResult> {
  checkOptions(options, callNames);
  const { signal, timeoutMs, format = "hdiff13", mode = "memory" } = options;
  const onProgress = progressReporter(options.onProgress) ?? (() => {});
  const selfCheck = parseSelfCheck(options.selfCheck);
  const maxMemoryBytes = parseMaxMemory(options.maxMemoryBytes);
  const tools = parseTools(options.tools);
  parseTimeout(timeoutMs);
  signal?.throwIfAborted();
  // Empty paths too: for hdiffz that is an empty file.
  const inputs = [parsePath(oldPath, "oldPath"), parsePath(newPath, "newPath")] as const;
  parsePath(patchPath, "patchPath");
  const flags = hdiffzArguments(options);
  const oldBytes = await inputFileBytes(oldPath);
  const totalBytes = await inputFileBytes(newPath);
  if (mode === "memory") expectMemory(oldBytes, totalBytes, maxMemoryBytes);
  await expectApart(fs, { field: "patchPath", path: patchPath }, [
    { field: "oldPath", path: oldPath },
    { field: "newPath", path: newPath },
  ]);
  const tool = await openTool("hdiffz", tools, { signal });
  try {
    onProgress({ phase: "match", doneBytes: 0, totalBytes });
    const job = {
      tool,
      args: [...flags, ...inputs.map((path) => resolve(path))],
      check: async (temporaryPath: string) => {
        await expectFormat(temporaryPath, writtenFormats[format]);
        onProgress({ phase: "match", doneBytes: totalBytes, totalBytes });
        if (!selfCheck) return;
        const settings = { fs, maxWindowBytes: defaultMaxWindowBytes, signal, onProgress };
        await verifyPatch(oldPath, temporaryPath, newPath, settings);
      },
    };
    return { patchBytes: await writeByTool(patchPath, job, { signal, timeoutMs }) };
  } finally {
    await tool.close();
  }
}

/** Of a folder, which may have come into a file's place meanwhile, hdiffz makes an HDIFF19 without a word. */
async function expectFormat(path: string, format: PatchFormat): Promise<void> {
  const problem = await readPatchHead(path).then(
    (head) => (head.format === format ? undefined : new Error(`it is ${head.format}`)),
    (error: Error) => error,
  );
  if (problem === undefined) return;
  const message = `hdiffz did not write a patch of the format ${format}: ${problem.message}`;
  throw new PatchError("IO_ERROR", message, { cause: problem });
}

/** By hdiffz's own account of its option -m. */
function expectMemory(oldBytes: number, newBytes: number, maxMemoryBytes = Infinity): void {
  const neededBytes = newBytes + oldBytes * (oldBytes < 2 * 1024 ** 3 ? 5 : 9);
  if (neededBytes <= maxMemoryBytes) return;
  throw new PatchError(
    "TOO_LARGE",
    `hdiffz needs ${neededBytes} bytes of memory for this, over the limit of ${maxMemoryBytes} (maxMemoryBytes); its mode "stream" needs far less`,
  );
}
