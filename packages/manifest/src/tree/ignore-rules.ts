import { shownValue } from "@potassium/core-types";
import { invalidArgument } from "../invalid-argument.js";

/** Whether a path is left out of a tree. What lies below an ignored folder is never asked for. */
export type IgnoreRules = (path: string, isFolder: boolean) => boolean;

interface Rule {
  readonly ignores: boolean;
  readonly foldersOnly: boolean;
  readonly matches: RegExp;
}

/**
 * Rules in the manner of .gitignore, of which the last that matches a path decides:
 *
 * - `*` stands for any characters of one segment, `?` for one character, `**` for any number of segments.
 * - With `/` at its start or within it, a pattern is matched from the tree's root, otherwise at any depth.
 * - With `/` at its end it is for folders only. A folder that is ignored is ignored with all that is in it.
 * - With `!` at its start it takes back what earlier patterns ignore, but for what is in an ignored folder.
 * - Blank patterns and those with `#` at their start say nothing, so that the lines of a file can be given.
 *
 * Case is told apart, and all other characters stand for themselves. Node 20 has no such matcher.
 *
 * @throws `INVALID_ARGUMENT`
 */
export function parseIgnoreRules(patterns: readonly string[] = []): IgnoreRules {
  if (!Array.isArray(patterns)) {
    throw invalidArgument(`ignore must be a list, not ${shownValue(patterns)}`, "ignore");
  }
  const rules = patterns.flatMap((pattern, index) => parseRule(pattern, `ignore[${index}]`) ?? []);
  return (path, isFolder) => {
    const rule = rules.findLast(
      ({ foldersOnly, matches }) => (isFolder || !foldersOnly) && matches.test(path),
    );
    return rule?.ignores ?? false;
  };
}

function parseRule(pattern: unknown, field: string): Rule | undefined {
  if (typeof pattern !== "string") {
    throw invalidArgument(`${field} must be a text, not ${shownValue(pattern)}`, field);
  }
  const line = pattern.trim();
  if (line === "" || line.startsWith("#")) return undefined;
  if (line.includes("\\")) {
    throw invalidArgument(`${field} must use / between segments: ${JSON.stringify(line)}`, field);
  }
  const ignores = !line.startsWith("!");
  const body = ignores ? line : line.slice(1);
  const foldersOnly = body.endsWith("/");
  const segments = body.replace(/^\/|\/$/g, "").split("/");
  if (segments.some((segment) => segment === "" || segment === "." || segment === "..")) {
    throw invalidArgument(`${field} has a segment that no path has: ${pattern}`, field);
  }
  const anchored = body.startsWith("/") || segments.length > 1;
  return { ignores, foldersOnly, matches: matcher(anchored ? segments : ["**", ...segments]) };
}

function matcher(segments: readonly string[]): RegExp {
  // Neighbouring ** would only make the matching slow.
  const kept = segments.filter((segment, at) => segment !== "**" || segments[at - 1] !== "**");
  const source = kept.map((segment, at) => {
    const last = at === kept.length - 1;
    if (segment === "**") return last ? ".+" : "(?:.+/)?";
    return `${segmentSource(segment)}${last ? "" : "/"}`;
  });
  return new RegExp(`^${source.join("")}$`, "su");
}

function segmentSource(segment: string): string {
  return segment
    .replace(/\*+/g, "*")
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", "[^/]*")
    .replaceAll("?", "[^/]");
}
