import * as nodeFileSystem from "node:fs/promises";
import {
  optionNames,
  type PatchErrorCode,
  type PatchOptions,
  shownValue,
} from "@potassium/core-types";
import { checkOptions, invalidOption } from "../check-options.js";
import { parseMaxMemory } from "../engine-options.js";
import type { FileSystem } from "../file/file-system.js";
import { parseFileSystem } from "../file/parse-file-system.js";
import type { PatchFamily } from "../patch-family.js";
import { type ProgressReporter, progressReporter } from "../progress-reporter.js";
import { parseTools } from "../tool/parse-tool-options.js";
import type { ToolOptions } from "../tool/tool-options.js";
import type { Attempt, Contender } from "./attempts.js";

export interface GenerateSmallestOptions extends PatchOptions {
  /** Who is asked. Those that are not installed, or need more memory, are passed over. @default ["hdiff"] */
  readonly contenders?: readonly Contender[] | undefined;
  /** What each attempt may take. @default as for `hdiff.generate()` */
  readonly maxMemoryBytes?: number | undefined;
  /**
   * How long it may take, in milliseconds, but for the check at the end. Which patch is found then depends on the machine.
   * @default without end
   */
  readonly maxTimeMs?: number | undefined;
  /** What shipping the file whole takes. @default what Brotli makes of it, or its size where that is less */
  readonly wholeBytes?: number | undefined;
  /** @default node:fs/promises */
  readonly fs?: FileSystem | undefined;
  /** Where hdiffz is looked up. */
  readonly tools?: ToolOptions | undefined;
}

/** What came of one attempt: a patch, or the code of why there is none (`TIMEOUT`: there was no time for it). */
export interface TriedAttempt extends Omit<Attempt, "relativeTime"> {
  readonly patchBytes?: number | undefined;
  readonly problem?: PatchErrorCode | undefined;
}

export type GenerateSmallestResult =
  | {
      readonly outcome: "patch";
      /** The engine that applies it. */
      readonly algorithm: PatchFamily;
      readonly patchBytes: number;
      readonly tried: readonly TriedAttempt[];
    }
  /** No patch was written: ship the file. */
  | {
      readonly outcome: "whole";
      /** Why: the patch would not be smaller, or none could be made. */
      readonly reason: "not-smaller" | "none-made";
      /** What shipping it whole takes. */
      readonly wholeBytes: number;
      /** Whether the new file is compressed, or encrypted, already. */
      readonly isCompressed: boolean;
      readonly tried: readonly TriedAttempt[];
    };

export interface SmallestSettings {
  readonly contenders: readonly Contender[];
  readonly maxMemoryBytes: number | undefined;
  readonly maxTimeMs: number;
  readonly wholeBytes: number | undefined;
  readonly fs: FileSystem;
  readonly tools: ToolOptions | undefined;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ProgressReporter | undefined;
}

const names = optionNames<GenerateSmallestOptions>({
  ...{ signal: true, onProgress: true, contenders: true, maxMemoryBytes: true, maxTimeMs: true },
  ...{ wholeBytes: true, fs: true, tools: true },
});
const known: readonly Contender[] = ["hdiff", "hdiffz", "bsdiff-node"];

/** @throws `INVALID_ARGUMENT` with the field at fault */
export function smallestSettings(options: GenerateSmallestOptions): SmallestSettings {
  checkOptions(options, names);
  const { contenders = ["hdiff"], maxTimeMs = Number.POSITIVE_INFINITY, wholeBytes } = options;
  const isList = Array.isArray(contenders) && contenders.length > 0;
  if (!isList || contenders.some((each) => !known.includes(each))) {
    const list = known.map((each) => JSON.stringify(each)).join(", ");
    throw invalidOption("contenders", `contenders must be a list of some of ${list}`);
  }
  if (typeof maxTimeMs !== "number" || !(maxTimeMs > 0)) {
    const problem = `must be a number of milliseconds above 0, not ${shownValue(maxTimeMs)}`;
    throw invalidOption("maxTimeMs", `maxTimeMs ${problem}`);
  }
  if (wholeBytes !== undefined && !(Number.isSafeInteger(wholeBytes) && wholeBytes >= 0)) {
    const problem = `must be a number of bytes, not ${shownValue(wholeBytes)}`;
    throw invalidOption("wholeBytes", `wholeBytes ${problem}`);
  }
  return {
    ...{ contenders, maxTimeMs, wholeBytes },
    maxMemoryBytes: parseMaxMemory(options.maxMemoryBytes),
    fs: parseFileSystem(options.fs ?? nodeFileSystem),
    tools: parseTools(options.tools),
    signal: options.signal,
    onProgress: progressReporter(options.onProgress),
  };
}
