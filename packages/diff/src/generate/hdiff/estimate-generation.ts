import { optionNames, shownValue } from "@potassium/core-types";
import { checkOptions, invalidOption } from "../../check-options.js";
import type { HdiffGenerateOptions } from "../../diff-engine.js";
import {
  parseEffort,
  parseHdiffCodec,
  parseMaxMemory,
  parseThreads,
} from "../../engine-options.js";
import { chosenCodec } from "./chosen-codec.js";
import { planGeneration } from "./generation-plan.js";

export type EstimateOptions = Pick<
  HdiffGenerateOptions,
  "effort" | "codec" | "threads" | "maxMemoryBytes"
>;

export interface GenerationEstimate {
  /** What the process takes, Node itself with it, by a plan. */
  readonly memoryBytes: number;
  /** How many threads will work. 0: the work is done in the calling one. */
  readonly threads: number;
  /** Whether the old file is held in memory. Else pages of it are read again and again, which takes longer. */
  readonly holdsOldFile: boolean;
}

const names = optionNames<EstimateOptions>({
  effort: true,
  codec: true,
  threads: true,
  maxMemoryBytes: true,
});

/**
 * Tells beforehand what `hdiff.generate()` with engine "builtin" will take. Nothing is read.
 *
 * @throws `INVALID_ARGUMENT`, `TOO_LARGE` where `maxMemoryBytes` is too little for any patch
 */
export function estimateGeneration(
  oldBytes: number,
  newBytes: number,
  options: EstimateOptions = {},
): GenerationEstimate {
  checkOptions(options, names);
  const effort = parseEffort(options.effort);
  const plan = planGeneration({
    oldBytes: parseSize(oldBytes, "oldBytes"),
    newBytes: parseSize(newBytes, "newBytes"),
    effort,
    codec: chosenCodec(parseHdiffCodec(options.codec), effort),
    threads: parseThreads(options.threads),
    maxMemoryBytes: parseMaxMemory(options.maxMemoryBytes),
  });
  const { memoryBytes, threads, wholeOld } = plan;
  return Object.freeze({ memoryBytes, threads, holdsOldFile: wholeOld });
}

function parseSize(value: unknown, field: string): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
  throw invalidOption(field, `${field} must be a number of bytes, not ${shownValue(value)}`);
}
