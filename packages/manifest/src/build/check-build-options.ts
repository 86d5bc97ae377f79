import * as nodeFs from "node:fs/promises";
import { availableParallelism } from "node:os";
import { isAbsolute, relative, resolve, sep } from "node:path";
import {
  Identifier,
  optionNames,
  type PatchEngine,
  parseInput,
  parseOptions,
  shownValue,
} from "@potassium/core-types";
import type { UpdateFileSystem } from "../fs/update-file-system.js";
import { invalidArgument } from "../invalid-argument.js";
import { progressReporter } from "../progress-reporter.js";
import { type IgnoreRules, parseIgnoreRules } from "../tree/ignore-rules.js";
import type { BuildOptions, BuildProgress } from "./build-options.js";

const names = optionNames<BuildOptions>({
  engines: true,
  fromVersion: true,
  toVersion: true,
  product: true,
  platform: true,
  channel: true,
  sequence: true,
  expires: true,
  created: true,
  ignore: true,
  layout: true,
  sign: true,
  concurrency: true,
  compress: true,
  readers: true,
  fullDir: true,
  onProgress: true,
  fs: true,
  signal: true,
});

/** The options with their defaults, where they are what a build needs. What the manifest says is checked by it. */
export interface CheckedBuildOptions extends BuildOptions {
  readonly engines: readonly PatchEngine[];
  /** RFC 3339: the same in all that the call builds. */
  readonly created: string;
  readonly rules: IgnoreRules;
  readonly layout: "paths" | "hashes";
  readonly concurrency: number;
  readonly compress: boolean;
  readonly fs: UpdateFileSystem;
  readonly onProgress: (progress: BuildProgress) => void;
}

/** @throws `INVALID_ARGUMENT` with the `field` at fault */
export function checkBuildOptions(
  options: BuildOptions,
  oldDir: string | undefined,
): CheckedBuildOptions {
  parseOptions(options, names, invalidArgument);
  if (options === undefined) throw invalidArgument("a build needs options", "options");
  const { fromVersion = "", sign, readers, fullDir } = options;
  const { created = new Date().toISOString() } = options;
  // A full update has no patches.
  const { engines = oldDir === undefined ? [] : undefined } = options;
  const { layout = "paths", concurrency = availableParallelism() } = options;
  const { compress = readers === undefined } = options;
  checkEngines(engines);
  parseInput(Identifier, options.toVersion, "toVersion", (message) =>
    invalidArgument(message, "toVersion"),
  );
  if (fromVersion !== "") {
    parseInput(Identifier, fromVersion, "fromVersion", (message) =>
      invalidArgument(message, "fromVersion"),
    );
  }
  if ((fromVersion === "") !== (oldDir === undefined)) {
    const message =
      oldDir === undefined
        ? "a full update, without an old folder, has no fromVersion"
        : "the version that is in the old folder is not said: give fromVersion";
    throw invalidArgument(message, "fromVersion");
  }
  if (layout !== "paths" && layout !== "hashes") {
    throw invalidArgument(
      `layout must be "paths" or "hashes", not ${shownValue(layout)}`,
      "layout",
    );
  }
  if (!Number.isSafeInteger(concurrency) || concurrency < 1) {
    const message = `concurrency must be a whole number above 0, not ${shownValue(concurrency)}`;
    throw invalidArgument(message, "concurrency");
  }
  if (typeof compress !== "boolean") {
    throw invalidArgument(
      `compress must be true or false, not ${shownValue(compress)}`,
      "compress",
    );
  }
  checkReaders({ readers, layout, compress });
  if (fullDir !== undefined && oldDir === undefined) {
    throw invalidArgument("without an old folder outDir is the full update's", "fullDir");
  }
  if (sign !== undefined && !(Array.isArray(sign) && sign.length > 0)) {
    throw invalidArgument("sign must be a list of private keys: leave it out to not sign", "sign");
  }
  const { fs = nodeFs } = options;
  const onProgress = progressReporter(options.onProgress);
  const rules = parseIgnoreRules(options.ignore);
  return { ...options, engines, created, rules, layout, concurrency, compress, fs, onProgress };
}

function checkReaders({
  readers,
  layout,
  compress,
}: Pick<BuildOptions, "readers" | "layout" | "compress">): void {
  if (readers === undefined) return;
  if (readers !== "go") {
    throw invalidArgument(`readers must be "go", not ${shownValue(readers)}`, "readers");
  }
  const wrong = layout === "hashes" ? "layout" : compress ? "compress" : undefined;
  if (wrong === undefined) return;
  const message = `the Go library's readers look for whole files at new/<path>: leave out ${wrong}`;
  throw invalidArgument(message, wrong);
}

function checkEngines(engines: readonly PatchEngine[] | undefined): asserts engines {
  if (!Array.isArray(engines)) {
    throw invalidArgument(`engines must be a list, not ${shownValue(engines)}`, "engines");
  }
  const algorithms = new Set<string>();
  for (const [index, engine] of engines.entries()) {
    const field = `engines[${index}]`;
    const { algorithm, generate, apply } = (engine ?? {}) as Partial<PatchEngine>;
    if (!algorithm || typeof generate !== "function" || typeof apply !== "function") {
      throw invalidArgument(`${field} is no patch engine`, field);
    }
    if (algorithms.has(algorithm)) {
      throw invalidArgument(`${field} is the second for ${algorithm}`, field);
    }
    algorithms.add(algorithm);
  }
}

export interface BuildFolders {
  readonly oldDir: string | undefined;
  readonly newDir: string;
  readonly outDir: string;
  readonly fullDir: string | undefined;
}

/** Refuses an out folder in a tree that is read or in the other one, or around it. @throws `INVALID_ARGUMENT` */
export function checkFolders({ oldDir, newDir, outDir, fullDir }: BuildFolders): void {
  for (const [field, folder] of Object.entries({ oldDir, newDir, outDir, fullDir })) {
    if (folder === undefined && (field === "oldDir" || field === "fullDir")) continue;
    if (typeof folder !== "string" || folder === "" || folder.includes("\0")) {
      throw invalidArgument(`${field} must be a folder's path, not ${shownValue(folder)}`, field);
    }
  }
  for (const tree of [oldDir, newDir]) {
    if (tree === undefined) continue;
    for (const [field, out] of Object.entries({ outDir, fullDir })) {
      if (out === undefined || areApart(tree, out)) continue;
      throw invalidArgument(`${out} and the tree ${tree} must lie apart`, field);
    }
  }
  if (fullDir === undefined || areApart(outDir, fullDir)) return;
  throw invalidArgument(`${fullDir} and ${outDir} must lie apart`, "fullDir");
}

const areApart = (one: string, other: string) => !isWithin(one, other) && !isWithin(other, one);

function isWithin(folder: string, path: string): boolean {
  const way = relative(resolve(folder), resolve(path));
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
