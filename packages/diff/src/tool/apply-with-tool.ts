import * as fs from "node:fs/promises";
import { resolve } from "node:path";
import {
  type ApplyOptions,
  type ApplyResult,
  optionNames,
  PatchError,
  type PatchOptions,
  type PatchProgress,
} from "@potassium/core-types";
import { expectDigest, expectNewSize } from "../apply/expected.js";
import { parseExpectations } from "../apply/parse-expectations.js";
import { checkOptions } from "../check-options.js";
import { expectApart } from "../file/check-output.js";
import { namingPatch } from "../file/naming-patch.js";
import { parsePath } from "../file/parse-path.js";
import { progressReporter } from "../progress-reporter.js";
import { hashFile } from "./hash-file.js";
import { inputFileBytes } from "./input-file.js";
import { openTool } from "./open-tool.js";
import { parseTools } from "./parse-tool-options.js";
import { readPatchHead } from "./patch-head.js";
import { parseTimeout } from "./run-tool.js";
import type { ToolOptions } from "./tool-options.js";
import { writeByTool } from "./write-by-tool.js";

export interface ApplyWithToolOptions extends ApplyOptions {
  readonly tools?: ToolOptions | undefined;
  /** How long hpatchz may run, in milliseconds. @default without end */
  readonly timeoutMs?: number | undefined;
}

const callNames = optionNames<ApplyWithToolOptions>({
  ...{ signal: true, onProgress: true, expected: true, maxNewBytes: true },
  ...{ tools: true, timeoutMs: true },
});

/**
 * Writes the new file from the old one and the patch by the program hpatchz, which is looked up as `findTool` does.
 * `newPath` may be `oldPath`. hpatchz only gets to see a patch whose header was read here: BSDIFF40,
 * ENDSLEY/BSDIFF43, HDIFF13 or HDIFFSF20. It checks less than the builtin applier: give `expected.newSha256`.
 *
 * An abort, or the end of `timeoutMs`, kills hpatchz; the call rejects when it is gone. Should this
 * process be killed itself, hpatchz goes on, and leaves its `.potassium-….tmp` beside the new file's place.
 *
 * @throws `NOT_FOUND` (a file), `INVALID_ARGUMENT`, `CORRUPT_PATCH`, `UNSUPPORTED_FORMAT`, `CODEC_UNAVAILABLE`,
 *   `HASH_MISMATCH` (a file's digest, or a program other than pinned), `TOO_LARGE`,
 *   `ENGINE_UNAVAILABLE` (no hpatchz that may run), `TIMEOUT`, `IO_ERROR`
 */
export async function applyWithTool(
  oldPath: string,
  patchPath: string,
  newPath: string,
  options: ApplyWithToolOptions = {},
): Promise<ApplyResult> {
  checkOptions(options, callNames);
  const { signal, timeoutMs } = options;
  const onProgress = progressReporter(options.onProgress) ?? (() => {});
  const tools = parseTools(options.tools);
  parseTimeout(timeoutMs);
  signal?.throwIfAborted();
  // Empty paths too: for hpatchz that is an empty file.
  const inputs = [parsePath(oldPath, "oldPath"), parsePath(patchPath, "patchPath")] as const;
  parsePath(newPath, "newPath");
  const { oldSha256, newSha256, maxNewBytes } = parseExpectations(options);

  const output = { field: "newPath", path: newPath };
  await expectApart(fs, output, [{ field: "patchPath", path: patchPath }]);
  const oldBytes = await inputFileBytes(oldPath);
  const { newBytes } = await readPatchHead(patchPath);
  expectNewSize(newBytes, maxNewBytes);

  const tool = await openTool("hpatchz", tools, { signal });
  try {
    if (oldSha256 !== undefined) {
      expectDigest(
        oldPath,
        await digestOf(oldPath, oldBytes, "hash", { signal, onProgress }),
        oldSha256,
      );
    }
    onProgress({ phase: "apply", doneBytes: 0, totalBytes: newBytes });
    const job = {
      tool,
      args: inputs.map((path) => resolve(path)),
      check: async (temporaryPath: string, sizeBytes: number) => {
        if (sizeBytes !== newBytes) throw wrongSize(sizeBytes, newBytes);
        onProgress({ phase: "apply", doneBytes: newBytes, totalBytes: newBytes });
        if (newSha256 === undefined) return;
        const digest = await digestOf(temporaryPath, newBytes, "verify", { signal, onProgress });
        expectDigest(newPath, digest, newSha256);
      },
    };
    const made = await namingPatch(patchPath, () =>
      writeByTool(newPath, job, { signal, timeoutMs }),
    );
    return { newBytes: made };
  } finally {
    await tool.close();
  }
}

async function digestOf(
  path: string,
  totalBytes: number,
  phase: PatchProgress["phase"],
  { signal, onProgress = () => {} }: PatchOptions,
): Promise<string> {
  onProgress({ phase, doneBytes: 0, totalBytes });
  const onBytes = (doneBytes: number) =>
    onProgress({ phase, doneBytes: Math.min(doneBytes, totalBytes), totalBytes });
  return (await hashFile(path, { signal, onBytes })).sha256;
}

const wrongSize = (sizeBytes: number, newBytes: number): PatchError =>
  new PatchError("IO_ERROR", `hpatchz wrote ${sizeBytes} bytes, where the patch tells ${newBytes}`);
