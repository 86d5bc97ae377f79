import { ProviderError } from "../../provider/provider-error.js";
import { relativePathProblem } from "../../update/relative-path.js";

/** Longer ones no file system of ours takes, and a list of them would fill the memory. */
const maxNameBytes = 4096;

/**
 * The segments of an entry's name below its folder.
 *
 * @param platform whose rules for names hold.
 * @throws {ProviderError} `BAD_RESPONSE` for a name that leads elsewhere, which nobody honest sends;
 *   `INVALID_ARGUMENT` (`path`) for one that files may have there but not here.
 */
export function entrySegments(
  name: string,
  platform: NodeJS.Platform = process.platform,
): readonly string[] {
  const segments = name.split("/");
  if (
    name.includes("\0") ||
    segments.some((part) => part === "" || part === "." || part === "..")
  ) {
    throw new ProviderError(
      "BAD_RESPONSE",
      `an entry of the folder leads out of it or has no plain name: ${shown(name)}`,
    );
  }
  if (Buffer.byteLength(name) > maxNameBytes) throw cannotCopy(name, "has too long a name");
  // What a name that is no UTF-8 was read as: written so, it would be another file.
  if (name.includes("\uFFFD")) throw cannotCopy(name, "has a name that is not UTF-8");
  const problem = platform === "win32" ? relativePathProblem(name) : undefined;
  if (problem !== undefined) throw cannotCopy(name, `has a name that can't be here: it ${problem}`);
  return segments;
}

/**
 * Whether a symbolic link stays in its folder, wherever other links of the folder lead: its target is
 * relative, has `..` only at its beginning, and not more of them than there are folders above the link.
 * What is above it are plain folders, so those lead where they seem to; the rest only leads down.
 *
 * @param depth how many folders are between the link and the top.
 * @param platform whose rules for paths hold.
 */
export function staysInside(
  target: string,
  depth: number,
  platform: NodeJS.Platform = process.platform,
): boolean {
  if (target === "" || target.startsWith("/") || target.includes("\0")) return false;
  if (platform === "win32" && /[\\:]/.test(target)) return false;
  const segments = target.split("/").filter((part) => part !== "" && part !== ".");
  const down = segments.findIndex((part) => part !== "..");
  const up = down === -1 ? segments.length : down;
  return up <= depth && !segments.slice(up).includes("..");
}

/** The error for what a server's folder may hold, but no copy of it. */
export function cannotCopy(name: string, problem: string): ProviderError {
  return new ProviderError(
    "INVALID_ARGUMENT",
    `path: ${shown(name)} in the folder ${problem}; move it away or copy what is beside it`,
    { field: "path" },
  );
}

function shown(name: string): string {
  return JSON.stringify(name.length > 200 ? `${name.slice(0, 200)}…` : name);
}
