import { posix, win32 } from "node:path";
import type { ToolName } from "./tool-options.js";

/** How a program was found: `ToolOptions` named it, or in which of the three places it lies. */
export type ToolSource = "option" | "beside-executable" | "working-folder" | "path";

/** A place where a program may be. */
export interface ToolCandidate {
  readonly path: string;
  readonly source: ToolSource;
}

export interface ToolPlaces {
  readonly platform: NodeJS.Platform;
  /** The program itself, where the caller names it. */
  readonly explicit: string | undefined;
  readonly executableFolder: string;
  readonly workingFolder: string;
  /** The text of the variable PATH. */
  readonly path: string;
}

/** The places to look for a program, in order. Touches no file. */
export function toolCandidates(name: ToolName, places: ToolPlaces): readonly ToolCandidate[] {
  const { platform, explicit, workingFolder } = places;
  const { join, resolve } = platform === "win32" ? win32 : posix;
  if (explicit !== undefined) {
    return [{ path: resolve(workingFolder, explicit), source: "option" }];
  }
  // No .cmd or .bat: they would run in a shell.
  const file = platform === "win32" ? `${name}.exe` : name;
  const inBin = (folder: string) => join(resolve(folder), "bin", folderName(platform), file);
  return [
    { path: inBin(places.executableFolder), source: "beside-executable" },
    { path: inBin(workingFolder), source: "working-folder" },
    ...[...new Set(searchedFolders(platform, places.path))].map(
      (folder) => ({ path: join(folder, file), source: "path" }) as const,
    ),
  ];
}

/** As Go calls it, whose launchers ship the same folders. */
const folderName = (platform: NodeJS.Platform): string =>
  platform === "win32" ? "windows" : platform;

/**
 * The folders of PATH, without what depends on the working folder: an empty entry or a relative one would
 * run a program that merely lies there, in a download folder for one.
 */
function searchedFolders(platform: NodeJS.Platform, path: string): readonly string[] {
  if (platform !== "win32") return path.split(":").filter((folder) => folder.startsWith("/"));
  return path
    .split(";")
    .map((folder) => folder.replaceAll('"', ""))
    .filter((folder) => /^(?:[a-z]:[\\/]|\\\\)/i.test(folder));
}
