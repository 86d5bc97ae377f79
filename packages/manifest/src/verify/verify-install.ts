import { type AbortOptions, type Manifest, optionNames, parseOptions } from "@potassium/core-types";
import { isPrivatePath } from "../document/private-folder.js";
import { fileFailure } from "../file-failure.js";
import type { UpdateFileSystem } from "../fs/update-file-system.js";
import { invalidArgument } from "../invalid-argument.js";
import type { Update } from "../open-update.js";
import { checkFlag, checkRoot } from "../plan/plan-options.js";
import { type Seen, seeAll } from "../plan/seen.js";
import type { CheckProgress } from "../plan/update-progress.js";
import { progressReporter } from "../progress-reporter.js";
import { Places } from "../transaction/places.js";
import { openSite, type Site } from "../transaction/site.js";
import { type IgnoreRules, parseIgnoreRules } from "../tree/ignore-rules.js";
import { byPath } from "../tree/tree-index.js";
import { walkTree } from "../tree/walk-tree.js";
import { groundVersioned } from "../versioned/ground-versioned.js";
import { rootMode } from "../versioned/root-mode.js";
import { fullManifest } from "./full-manifest.js";
import type { InstallProblem, InstallReport } from "./install-report.js";

export interface VerifyInstallOptions extends AbortOptions {
  /** Whether files that the version doesn't have are told of too. @default false */
  readonly extra?: boolean | undefined;
  /** Which of them are passed over: patterns in the manner of .gitignore. */
  readonly ignore?: readonly string[] | undefined;
  readonly onProgress?: ((progress: CheckProgress) => void) | undefined;
  /** @default node:fs/promises */
  readonly fs?: UpdateFileSystem | undefined;
  /** Whose rules hold. @default process.platform */
  readonly system?: NodeJS.Platform | undefined;
}

const names = optionNames<VerifyInstallOptions>({
  extra: true,
  ignore: true,
  onProgress: true,
  fs: true,
  system: true,
  signal: true,
});

/**
 * Compares an installation with the full manifest of a version: every file by its hash, the bit that lets it be
 * run, every link, every empty folder. No link is followed, and nothing is written.
 *
 * @param full an update from no version, which `openUpdate` has given, or its manifest.
 * @throws `NOT_FOUND` (the root), `REPAIR_NEEDED` (versioned, with a damaged `current.json`), `IO_ERROR`, `INVALID_ARGUMENT`
 * @example
 * ```ts
 * const { ok, problems } = await verifyInstall("/games/skywars", full);
 * if (!ok) await repairInstall("/games/skywars", full);
 * ```
 */
export async function verifyInstall(
  root: string,
  full: Update | Manifest,
  options: VerifyInstallOptions = {},
): Promise<InstallReport> {
  parseOptions(options, names, invalidArgument);
  checkRoot(root);
  checkFlag("extra", options.extra);
  const manifest = fullManifest(full);
  const { signal, extra = false } = options;
  const onProgress = progressReporter(options.onProgress);
  const ignore = parseIgnoreRules(options.ignore);
  signal?.throwIfAborted();
  const site = openSite(root, options);
  try {
    await site.fs.stat(site.root);
    const isVersioned = (await rootMode(site)) === "versioned";
    const tree = isVersioned ? (await groundVersioned(site, options)).tree : site;
    const { files, links = [], folders = [] } = manifest;
    const paths = [...files, ...links, ...folders].map(({ path }) => path);
    const places = await Places.open(tree, new Set(), signal);
    const seen = await seeAll(places, paths, signal, (path, donePaths, totalPaths) =>
      onProgress({ phase: "check", path, donePaths, totalPaths }),
    );
    const wrong = problemsOf(manifest, seen, !tree.windows);
    const others = extra ? await extras(tree, new Set(paths), ignore, signal) : [];
    return Object.freeze({
      version: manifest.toVersion,
      ok: wrong.length === 0,
      problems: Object.freeze([...wrong, ...others].sort(byPath)),
      checkedPaths: seen.size,
    });
  } catch (error) {
    throw fileFailure(error, root);
  }
}

function problemsOf(
  { files, links = [], folders = [] }: Manifest,
  seen: ReadonlyMap<string, Seen>,
  hasExecutableBit: boolean,
): InstallProblem[] {
  const problems: InstallProblem[] = [];
  const at = (path: string): Seen => seen.get(path) ?? { kind: "absent" };
  for (const entry of files) {
    if (entry.action === "delete") continue;
    const { path, newHash: expectedHash, executable } = entry;
    const there = at(path);
    if (there.kind === "unsafe") problems.push(unsafe(path, there));
    else if (there.kind === "absent") problems.push({ kind: "missing", path });
    else if (there.kind !== "file" || there.hash !== expectedHash) {
      const foundHash = there.kind === "file" ? there.hash : undefined;
      problems.push({ kind: "modified", path, expectedHash, foundHash });
    } else if (hasExecutableBit && there.executable !== (executable ?? there.executable)) {
      problems.push({ kind: "mode", path, executable: !there.executable });
    }
  }
  for (const entry of links) {
    if (entry.action === "delete") continue;
    const { path, target } = entry;
    const there = at(path);
    if (there.kind === "unsafe") problems.push(unsafe(path, there));
    else if (there.kind === "absent") problems.push({ kind: "missing", path });
    else if (there.kind !== "link" || there.target !== target) {
      const foundTarget = there.kind === "link" ? there.target : undefined;
      problems.push({ kind: "link", path, target, foundTarget });
    }
  }
  for (const { path } of folders) {
    const there = at(path);
    if (there.kind === "unsafe") problems.push(unsafe(path, there));
    else if (there.kind !== "folder") problems.push({ kind: "missing", path });
  }
  return problems;
}

const unsafe = (path: string, { error }: Extract<Seen, { kind: "unsafe" }>): InstallProblem => ({
  kind: "unsafe",
  path,
  message: error.message,
});

async function extras(
  tree: Site,
  known: ReadonlySet<string>,
  ignore: IgnoreRules,
  signal: AbortSignal | undefined,
): Promise<readonly InstallProblem[]> {
  const problems: InstallProblem[] = [];
  const passes = (path: string, isFolder: boolean) =>
    !isPrivatePath(path) && !ignore(path, isFolder);
  for await (const { path, status } of walkTree(tree.fs, tree.root, passes)) {
    signal?.throwIfAborted();
    if (!status.isDirectory() && !known.has(path)) problems.push({ kind: "extra", path });
  }
  return problems;
}
