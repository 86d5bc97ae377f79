import { relativePathProblem } from "@potassium/core-types";
import { writeDurably } from "../fs/write-durably.js";
import { ManifestError } from "../manifest-error.js";
import { isInstalledRecord } from "../transaction/installed.js";
import type { Installed } from "../transaction/operation.js";
import { readRecord } from "../transaction/read-record.js";
import type { Site } from "../transaction/site.js";

/** A version that has a folder of its own. */
export interface VersionFolder {
  /** Its name in `versions/`. */
  readonly folder: string;
  readonly installed: Installed;
}

/** What `current.json` holds: the version that is to be started, and those that can be come back to, the last first. */
export interface VersionPointer {
  readonly current: VersionFolder;
  readonly previous: readonly VersionFolder[];
}

export const pointerFile = "current.json";
export const versionsFolder = "versions";

/** Where a version's files are. */
export const versionPath = ({ root }: Site, folder: string): string =>
  `${root}/${versionsFolder}/${folder}`;

/** @throws `REPAIR_NEEDED` where it is damaged, `UNSAFE_PLACE`, `IO_ERROR` */
export async function readPointer(site: Site): Promise<VersionPointer | undefined> {
  const path = `${site.root}/${pointerFile}`;
  const text = await readRecord(site.fs, path, maxPointerBytes);
  if (text === undefined) return undefined;
  const pointer = parsePointer(text);
  if (pointer !== undefined) return pointer;
  const message = `${path} is damaged, so that it can't be told which version is installed: repair the installation`;
  throw new ManifestError("REPAIR_NEEDED", message, { path, problems: [] });
}

/** Makes a version the current one, durably and as one step. */
export function writePointer(site: Site, pointer: VersionPointer): Promise<void> {
  return writeDurably(site, site.root, pointerFile, `${JSON.stringify(pointer, null, 2)}\n`);
}

const maxPointerBytes = 2 ** 20;

function parsePointer(text: string): VersionPointer | undefined {
  try {
    const { current, previous } = JSON.parse(text) as VersionPointer;
    if (!Array.isArray(previous)) return undefined;
    const sound = [current, ...previous].every(
      ({ folder, installed }) => isFolderName(folder) && isInstalledRecord(installed),
    );
    return sound ? { current, previous } : undefined;
  } catch {
    return undefined;
  }
}

/** What a name of a version's folder may be: no path that leads elsewhere. */
export const isFolderName = (name: unknown): name is string =>
  typeof name === "string" && !name.includes("/") && relativePathProblem(name) === undefined;
