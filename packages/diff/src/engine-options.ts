import * as nodeFileSystem from "node:fs/promises";
import { PatchError } from "@potassium/core-types";
import type { DiffEngineOptions, EngineChoice, GenerateOptions } from "./diff-engine.js";
import type { FileSystem } from "./file/file-system.js";
import type { ToolOptions } from "./tool/tool-options.js";

/** {@link DiffEngineOptions}, checked and complete. */
export interface EngineSettings {
  readonly fs: FileSystem;
  readonly maxWindowBytes: number;
  readonly tools: ToolOptions | undefined;
  readonly maxMemoryBytes: number | undefined;
}

const defaultMaxWindowBytes = 64 * 1024 ** 2;

/** @throws `INVALID_ARGUMENT` with the field at fault */
export function engineSettings(options: DiffEngineOptions): EngineSettings {
  const { fs = nodeFileSystem, maxWindowBytes = defaultMaxWindowBytes, tools } = options;
  return {
    fs,
    maxWindowBytes: parseBytesLimit(maxWindowBytes, "maxWindowBytes"),
    tools,
    maxMemoryBytes: parseMaxMemory(options.maxMemoryBytes),
  };
}

/** {@link GenerateOptions}, checked. */
export interface GenerateSettings {
  readonly engine: EngineChoice;
  readonly selfCheck: boolean;
  readonly maxMemoryBytes: number | undefined;
}

/** @throws `INVALID_ARGUMENT` with the field at fault */
export function generateSettings(
  options: GenerateOptions,
  settings: EngineSettings,
): GenerateSettings {
  const { selfCheck = true } = options;
  if (typeof selfCheck !== "boolean") throw invalid("selfCheck", "must be true or false");
  return {
    engine: parseEngineChoice(options.engine, "auto"),
    selfCheck,
    maxMemoryBytes: parseMaxMemory(options.maxMemoryBytes) ?? settings.maxMemoryBytes,
  };
}

/** @throws `INVALID_ARGUMENT` */
export function parseEngineChoice(value: unknown, byDefault: EngineChoice): EngineChoice {
  if (value === undefined) return byDefault;
  if (value === "builtin" || value === "tool" || value === "auto") return value;
  throw invalid("engine", 'must be "builtin", "tool" or "auto"');
}

const parseMaxMemory = (value: unknown): number | undefined =>
  value === undefined ? undefined : parseBytesLimit(value, "maxMemoryBytes");

function parseBytesLimit(value: unknown, field: string): number {
  if (Number.isSafeInteger(value) && (value as number) > 0) return value as number;
  throw invalid(field, `must be a number of bytes above 0, not ${String(value)}`);
}

const invalid = (field: string, problem: string): PatchError =>
  new PatchError("INVALID_ARGUMENT", `${field} ${problem}`, { field });
