import * as nodeFileSystem from "node:fs/promises";
import {
  type ApplyOptions,
  optionNames,
  type PatchOptions,
  shownValue,
} from "@potassium/core-types";
import { checkOptions, invalidOption } from "./check-options.js";
import type {
  DiffApplyOptions,
  DiffEngineOptions,
  EngineChoice,
  GenerateOptions,
} from "./diff-engine.js";
import type { FileSystem } from "./file/file-system.js";
import { parseFileSystem } from "./file/parse-file-system.js";
import { type ProgressReporter, progressReporter } from "./progress-reporter.js";
import { parseTools } from "./tool/parse-tool-options.js";
import type { ToolOptions } from "./tool/tool-options.js";

/** {@link DiffEngineOptions}, checked and complete. */
export interface EngineSettings {
  readonly fs: FileSystem;
  readonly maxWindowBytes: number;
  readonly tools: ToolOptions | undefined;
  readonly maxMemoryBytes: number | undefined;
}

export const defaultMaxWindowBytes = 64 * 1024 ** 2;
/** Places in a window are counted in 32 bits with a sign. */
const largestWindowBytes = 2 ** 31 - 1;

const engineNames = optionNames<DiffEngineOptions>({
  fs: true,
  maxWindowBytes: true,
  tools: true,
  maxMemoryBytes: true,
});

/** @throws `INVALID_ARGUMENT` with the field at fault */
export function engineSettings(options: DiffEngineOptions): EngineSettings {
  checkOptions(options, engineNames);
  const { fs = nodeFileSystem, maxWindowBytes = defaultMaxWindowBytes } = options;
  return {
    fs: parseFileSystem(fs),
    maxWindowBytes: Math.min(largestWindowBytes, parseBytesLimit(maxWindowBytes, "maxWindowBytes")),
    tools: parseTools(options.tools),
    maxMemoryBytes: parseMaxMemory(options.maxMemoryBytes),
  };
}

/** {@link GenerateOptions}, checked. */
export interface GenerateSettings {
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ProgressReporter | undefined;
  readonly engine: EngineChoice;
  readonly selfCheck: boolean;
  readonly maxMemoryBytes: number | undefined;
}

const generateNames = optionNames<GenerateOptions>({
  signal: true,
  onProgress: true,
  engine: true,
  selfCheck: true,
  maxMemoryBytes: true,
});

/** @throws `INVALID_ARGUMENT` with the field at fault */
export function generateSettings(
  options: GenerateOptions,
  settings: EngineSettings,
): GenerateSettings {
  checkOptions(options, generateNames);
  return {
    signal: options.signal,
    onProgress: progressReporter(options.onProgress),
    engine: parseEngineChoice(options.engine, "auto"),
    selfCheck: parseSelfCheck(options.selfCheck),
    maxMemoryBytes: parseMaxMemory(options.maxMemoryBytes) ?? settings.maxMemoryBytes,
  };
}

const applyBytesNames = optionNames<ApplyOptions>({
  signal: true,
  onProgress: true,
  expected: true,
  maxNewBytes: true,
});
const applyNames: readonly string[] = [...applyBytesNames, "engine"];

/** What an application takes, with `onProgress` and `engine` checked. @throws `INVALID_ARGUMENT` */
export function applySettings(
  options: DiffApplyOptions,
): [choice: EngineChoice, options: ApplyOptions] {
  checkOptions(options, applyNames);
  const { engine, ...rest } = options;
  return [parseEngineChoice(engine, "builtin"), reported(rest)];
}

/** {@link applySettings} where there is no choice of an engine. @throws `INVALID_ARGUMENT` */
export function applyBytesSettings(options: ApplyOptions): ApplyOptions {
  checkOptions(options, applyBytesNames);
  return reported(options);
}

const reported = <Options extends PatchOptions>(options: Options): Options => ({
  ...options,
  onProgress: progressReporter(options.onProgress),
});

function parseEngineChoice(value: unknown, byDefault: EngineChoice): EngineChoice {
  if (value === undefined) return byDefault;
  if (value === "builtin" || value === "tool" || value === "auto") return value;
  throw invalidOption("engine", 'engine must be "builtin", "tool" or "auto"');
}

/** @throws `INVALID_ARGUMENT` */
export function parseSelfCheck(value: unknown): boolean {
  if (value === undefined || typeof value === "boolean") return value ?? true;
  throw invalidOption("selfCheck", `selfCheck must be true or false, not ${shownValue(value)}`);
}

/** @throws `INVALID_ARGUMENT` */
export const parseMaxMemory = (value: unknown): number | undefined =>
  value === undefined ? undefined : parseBytesLimit(value, "maxMemoryBytes");

function parseBytesLimit(value: unknown, field: string): number {
  if (Number.isSafeInteger(value) && (value as number) > 0) return value as number;
  const problem = `must be a number of bytes above 0, not ${shownValue(value)}`;
  throw invalidOption(field, `${field} ${problem}`);
}
