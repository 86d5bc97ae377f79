import * as nodeFileSystem from "node:fs/promises";
import {
  type ApplyOptions,
  optionNames,
  type PatchOptions,
  shownValue,
} from "@potassium/core-types";
import { checkOptions, invalidOption } from "./check-options.js";
import type { Effort, WrittenCodec } from "./compress/written-codec.js";
import type {
  DiffApplyOptions,
  DiffEngineOptions,
  EngineChoice,
  GenerateOptions,
  HdiffGenerateOptions,
} from "./diff-engine.js";
import type { FileSystem } from "./file/file-system.js";
import { parseFileSystem } from "./file/parse-file-system.js";
import type { PatchFamily } from "./patch-family.js";
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
  readonly effort: Effort;
  readonly codec: WrittenCodec | "auto";
  readonly threads: number | undefined;
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

const hdiffGenerateNames: readonly string[] = [
  ...generateNames,
  ...optionNames<Omit<HdiffGenerateOptions, keyof GenerateOptions>>({
    effort: true,
    codec: true,
    threads: true,
  }),
];

/** @throws `INVALID_ARGUMENT` with the field at fault */
export function generateSettings(
  family: PatchFamily,
  options: HdiffGenerateOptions,
  settings: EngineSettings,
): GenerateSettings {
  checkOptions(options, family === "hdiff" ? hdiffGenerateNames : generateNames);
  return {
    effort: parseEffort(options.effort),
    codec: parseHdiffCodec(options.codec),
    threads: parseThreads(options.threads),
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

const efforts = ["fast", "balanced", "smallest"] as const satisfies Effort[];
const codecs = ["auto", "stored", "zlib", "lzma2", "zstd"] as const;
const engines = ["builtin", "tool", "auto"] as const satisfies EngineChoice[];

const parseEngineChoice = (value: unknown, byDefault: EngineChoice): EngineChoice =>
  oneOf(engines, value ?? byDefault, "engine");

/** @throws `INVALID_ARGUMENT` */
export const parseEffort = (value: unknown): Effort =>
  oneOf(efforts, value ?? "balanced", "effort");

/** @throws `INVALID_ARGUMENT` */
export const parseHdiffCodec = (value: unknown): WrittenCodec | "auto" =>
  oneOf(codecs, value ?? "auto", "codec");

function oneOf<Value extends string>(
  values: readonly Value[],
  value: unknown,
  field: string,
): Value {
  if ((values as readonly unknown[]).includes(value)) return value as Value;
  const known = values.map((each) => JSON.stringify(each)).join(", ");
  throw invalidOption(field, `${field} must be one of ${known}`);
}

/** @throws `INVALID_ARGUMENT` */
export function parseThreads(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 256)
    return value as number;
  throw invalidOption(
    "threads",
    `threads must be a whole number from 1 to 256, not ${shownValue(value)}`,
  );
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
