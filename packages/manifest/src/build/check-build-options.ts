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
  onProgress: true,
  fs: true,
  signal: true,
});

/** The options with their defaults, where they are what a build needs. What the manifest says is checked by it. */
export interface CheckedBuildOptions extends BuildOptions {
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
  const { engines, fromVersion = "", sign } = options;
  const { layout = "paths", concurrency = availableParallelism(), compress = true } = options;
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
  if (sign !== undefined && !(Array.isArray(sign) && sign.length > 0)) {
    throw invalidArgument("sign must be a list of private keys: leave it out to not sign", "sign");
  }
  const { fs = nodeFs, onProgress = () => {} } = options;
  const rules = parseIgnoreRules(options.ignore);
  return { ...options, rules, layout, concurrency, compress, fs, onProgress };
}

function checkEngines(engines: readonly PatchEngine[]): void {
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

/** Refuses an out folder in a tree that is read, or around it. @throws `INVALID_ARGUMENT` */
export function checkFolders(oldDir: string | undefined, newDir: string, outDir: string): void {
  for (const [field, folder] of Object.entries({ oldDir, newDir, outDir })) {
    if (folder === undefined && field === "oldDir") continue;
    if (typeof folder !== "string" || folder === "" || folder.includes("\0")) {
      throw invalidArgument(`${field} must be a folder's path, not ${shownValue(folder)}`, field);
    }
  }
  for (const tree of [oldDir, newDir]) {
    if (tree !== undefined && (isWithin(tree, outDir) || isWithin(outDir, tree))) {
      throw invalidArgument(`${outDir} and the tree ${tree} must lie apart`, "outDir");
    }
  }
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(resolve(folder), resolve(path));
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
