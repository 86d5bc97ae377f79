import { PatchError, parseInput, parseOptions, Sha256Hex, shownValue } from "@potassium/core-types";
import type { ToolName } from "./tool-options.js";

/** The one build of a program that may run. */
export interface ToolPin {
  /** As the program's option -v tells: "4.12.1". */
  readonly version: string;
  /** SHA-256 of the program file, in hexadecimal. */
  readonly sha256: string;
}

export type PlatformPins = Readonly<Partial<Record<ToolName, ToolPin>>>;

/** What a `potassium.tools.json` says: the programs that may run. */
export interface ToolPins {
  /** By platform and architecture, as Node names them: "linux-x64", "win32-x64", "darwin-arm64". */
  readonly platforms: Readonly<Record<string, PlatformPins>>;
}

/** The key of this machine in {@link ToolPins}. */
export const toolPlatform = `${process.platform}-${process.arch}`;

export const toolNames: readonly ToolName[] = ["hdiffz", "hpatchz"];

/**
 * Checks pins that come from outside. Each platform must be one of Node's, and each program hdiffz or hpatchz: a misspelt
 * one would go unpinned. All must be right on every platform, not only on this one; what else stands there is ignored.
 *
 * @param what - What an error calls them: the file's path.
 * @param root - The `field` where they are no object: the argument that they came by.
 * @throws `INVALID_ARGUMENT` with the field at fault: `platforms.linux-x64.hdiffz.sha256`
 */
export function parseToolPins(value: unknown, what: string, root: string): ToolPins {
  const top = record(value, what, root, "the pins");
  const platforms = record(top["platforms"], what, "platforms");
  return Object.freeze({
    platforms: Object.freeze(
      Object.fromEntries(
        Object.entries(platforms).map(([platform, tools]) => [
          parsePlatform(platform, what),
          platformPins(tools, what, `platforms.${platform}`),
        ]),
      ),
    ),
  });
}

/** As `process.platform` and `process.arch` of Node, of any version. */
const platformShape =
  /^(?:aix|android|cygwin|darwin|freebsd|haiku|linux|netbsd|openbsd|sunos|win32)-[a-z][a-z0-9]*$/;

function parsePlatform(platform: string, what: string): string {
  if (platformShape.test(platform)) return platform;
  const problem = 'is no platform as Node names them: "linux-x64", "win32-x64", "darwin-arm64"';
  throw invalid(what, `platforms.${platform}`, problem);
}

/** @throws `INVALID_ARGUMENT` for any other program than hdiffz and hpatchz */
export function parseToolName(name: unknown, field: string): ToolName {
  const found = toolNames.find((known) => known === name);
  if (found !== undefined) return found;
  const message = `${field} must be hdiffz or hpatchz: no other program is run`;
  throw new PatchError("INVALID_ARGUMENT", message, { field });
}

function platformPins(value: unknown, what: string, field: string): PlatformPins {
  const tools = record(value, what, field);
  const makeError = (message: string, name: string) =>
    new PatchError("INVALID_ARGUMENT", `${what}: ${message}`, { field: `${field}.${name}` });
  parseOptions(tools, toolNames, makeError, field);
  const pins: Partial<Record<ToolName, ToolPin>> = {};
  for (const name of toolNames) {
    if (tools[name] !== undefined) pins[name] = toolPin(tools[name], what, `${field}.${name}`);
  }
  return Object.freeze(pins);
}

function toolPin(value: unknown, what: string, field: string): ToolPin {
  const { version, sha256 } = record(value, what, field);
  if (typeof version !== "string" || !/^\d[\w.+-]*$/.test(version)) {
    throw invalid(what, `${field}.version`, 'must be a version such as "4.12.1"');
  }
  const digest = parseInput(Sha256Hex, sha256, what, () =>
    invalid(what, `${field}.sha256`, "must be a SHA-256 digest of 64 hexadecimal digits"),
  );
  return Object.freeze({ version, sha256: digest });
}

function record(
  value: unknown,
  what: string,
  field: string,
  called = field,
): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const message = `${what}: ${called} must be an object, not ${shownValue(value)}`;
    throw new PatchError("INVALID_ARGUMENT", message, { field });
  }
  return value as Record<string, unknown>;
}

const invalid = (what: string, field: string, problem: string): PatchError =>
  new PatchError("INVALID_ARGUMENT", `${what}: ${field} ${problem}`, { field });
