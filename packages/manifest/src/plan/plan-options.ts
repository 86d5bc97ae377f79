import * as nodeFs from "node:fs/promises";
import { availableParallelism } from "node:os";
import {
  type AbortOptions,
  type PatchEngine,
  parseOptions,
  shownValue,
} from "@potassium/core-types";
import type { UpdateFileSystem } from "../fs/update-file-system.js";
import { invalidArgument } from "../invalid-argument.js";
import type { Update } from "../open-update.js";
import { progressReporter } from "../progress-reporter.js";
import type { RootMode } from "../versioned/root-mode.js";
import type { CheckProgress } from "./update-progress.js";

export interface PlanUpdateOptions extends AbortOptions {
  /** What patches are applied with. Without the one that a patch needs, the file is taken whole, where it is shipped so. @default none */
  readonly engines?: readonly PatchEngine[] | undefined;
  /** The full manifest of the newest version: files are taken from it where that is the smaller download, or where no update fits. */
  readonly full?: Update | undefined;
  /** "chain": nothing is taken of the full manifest. "full": whole files of it alone. @default what is the smaller download */
  readonly force?: "chain" | "full" | undefined;
  /**
   * For the first installation: afterwards the root tells it. "in-place": the root holds the game's files.
   * "versioned": the root holds `current.json` and each version as a folder of its own in `versions/`, so that the
   * old one stays usable and is come back to by a pointer.
   * @default "in-place"
   */
  readonly mode?: RootMode | undefined;
  /** Puts new files in the place of modified ones; a modified file that should go stays. @default false: the update is refused */
  readonly replaceModified?: boolean | undefined;
  /** Takes an update whose sequence is not above the installed one's. @default false */
  readonly allowDowngrade?: boolean | undefined;
  /** Files that are downloaded and made at once. @default the number of processors, at most 4 */
  readonly concurrency?: number | undefined;
  /** What it throws ends the call, which rejects with it. */
  readonly onProgress?: ((progress: CheckProgress) => void) | undefined;
  /** @default node:fs/promises */
  readonly fs?: UpdateFileSystem | undefined;
  /** Whose rules hold. @default process.platform */
  readonly system?: NodeJS.Platform | undefined;
  /** How long an operation is tried again while another program holds a file, in milliseconds. @default 10_000 */
  readonly busyTimeoutMs?: number | undefined;
}

/** The options of a plan with their defaults. */
export interface CheckedPlanOptions extends PlanUpdateOptions {
  readonly engines: readonly PatchEngine[];
  readonly replaceModified: boolean;
  readonly concurrency: number;
  readonly fs: UpdateFileSystem;
}

/**
 * @param names all options that the call takes.
 * @throws `INVALID_ARGUMENT` with the `field` at fault
 */
export function checkPlanOptions(
  options: PlanUpdateOptions,
  names: readonly string[],
): CheckedPlanOptions {
  parseOptions(options, names, invalidArgument);
  const { engines = [], mode, replaceModified = false, fs = nodeFs } = options;
  const { concurrency = Math.min(4, availableParallelism()) } = options;
  checkEngines(engines);
  if (mode !== undefined) checkChoice("mode", mode, ["in-place", "versioned"]);
  if (options.force !== undefined) checkChoice("force", options.force, ["chain", "full"]);
  checkWholeNumber("concurrency", concurrency, 1);
  if (options.busyTimeoutMs !== undefined) {
    checkWholeNumber("busyTimeoutMs", options.busyTimeoutMs, 0);
  }
  for (const name of ["replaceModified", "allowDowngrade"] as const) {
    checkFlag(name, options[name]);
  }
  const onProgress = progressReporter(options.onProgress);
  return { ...options, engines, replaceModified, concurrency, fs, onProgress };
}

function checkEngines(engines: readonly PatchEngine[]): void {
  if (!Array.isArray(engines)) {
    throw invalidArgument(`engines must be a list, not ${shownValue(engines)}`, "engines");
  }
  const algorithms = new Set<string>();
  for (const [index, engine] of engines.entries()) {
    const field = `engines[${index}]`;
    const { algorithm, apply } = (engine ?? {}) as Partial<PatchEngine>;
    if (!algorithm || typeof apply !== "function") {
      throw invalidArgument(`${field} is no patch engine`, field);
    }
    if (algorithms.has(algorithm)) {
      throw invalidArgument(`${field} is the second for ${algorithm}`, field);
    }
    algorithms.add(algorithm);
  }
}

function checkChoice(name: string, value: unknown, choices: readonly string[]): void {
  if (choices.includes(value as string)) return;
  const known = choices.map((choice) => JSON.stringify(choice)).join(" or ");
  const given = typeof value === "string" ? JSON.stringify(value) : shownValue(value);
  throw invalidArgument(`${name} must be ${known}, not ${given}`, name);
}

/** @throws `INVALID_ARGUMENT` */
export function checkWholeNumber(name: string, value: unknown, least: number): void {
  if (Number.isSafeInteger(value) && (value as number) >= least) return;
  const message = `${name} must be a whole number of at least ${least}, not ${shownValue(value)}`;
  throw invalidArgument(message, name);
}

/** @throws `INVALID_ARGUMENT` */
export function checkFlag(name: string, value: unknown): void {
  if (value === undefined || typeof value === "boolean") return;
  throw invalidArgument(`${name} must be true or false, not ${shownValue(value)}`, name);
}

/** @throws `INVALID_ARGUMENT` */
export function checkRoot(root: string): void {
  if (typeof root === "string" && root !== "" && !root.includes("\0")) return;
  throw invalidArgument(`root must be a folder's path, not ${shownValue(root)}`, "root");
}
