import { relativePathProblem } from "@potassium/core-types";
import { isPrivatePath } from "../document/private-folder.js";
import { isInstalledRecord } from "./installed.js";
import type { Journal } from "./journal.js";

/** Whether an update may have written this. Its checksum keeps off accidents, not those who can reckon one. */
export function isJournal(value: unknown): value is Journal {
  const journal = fieldsOf(value);
  const { id, fromVersion, installed, previous, entries, mkdirs, rmdirs } = journal;
  return (
    typeof id === "string" &&
    /^[0-9a-f]{32}$/.test(id) &&
    typeof fromVersion === "string" &&
    isInstalledRecord(installed) &&
    (previous === undefined || isInstalledRecord(previous)) &&
    isListOf(entries, isEntry) &&
    new Set(entries.map(({ path }) => path)).size === entries.length &&
    isListOf(mkdirs, isPath) &&
    isListOf(rmdirs, isPath)
  );
}

const fieldsOf = (value: unknown) => (value ?? {}) as Readonly<Record<string, unknown>>;

const isListOf = <T>(value: unknown, isOne: (one: unknown) => one is T): value is readonly T[] =>
  Array.isArray(value) && value.every(isOne);

const isPath = (path: unknown): path is string =>
  typeof path === "string" && relativePathProblem(path) === undefined && !isPrivatePath(path);

function isEntry(value: unknown): value is { readonly path: string } {
  const { path, before, after, mode } = fieldsOf(value);
  const hasMode = mode === undefined || Number.isSafeInteger(mode);
  return isPath(path) && isState(before) && isState(after) && hasMode;
}

/** A link that was there may lead anywhere. */
function isState(value: unknown): boolean {
  const { kind, hash, executable, target } = fieldsOf(value);
  if (kind === "file") return isHash(hash) && typeof executable === "boolean";
  if (kind === "link") return typeof target === "string" && /^[^\0]+$/.test(target);
  return kind === "absent";
}

const isHash = (hash: unknown) => typeof hash === "string" && /^[0-9a-f]{64}$/.test(hash);
