import { PatchError, parseInput, Sha256Hex } from "@potassium/core-types";
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

const toolNames: readonly ToolName[] = ["hdiffz", "hpatchz"];

/**
 * Checks pins that come from outside. What isn't known is ignored; what is known must be right on every
 * platform, not only on this one.
 *
 * @param what - What an error calls them: the file's path.
 * @throws `INVALID_ARGUMENT` with the field at fault: `platforms.linux-x64.hdiffz.sha256`
 */
export function parseToolPins(value: unknown, what: string): ToolPins {
  const platforms = record(record(value, what, "")["platforms"], what, "platforms");
  return Object.freeze({
    platforms: Object.freeze(
      Object.fromEntries(
        Object.entries(platforms).map(([platform, tools]) => [
          platform,
          platformPins(tools, what, `platforms.${platform}`),
        ]),
      ),
    ),
  });
}

function platformPins(value: unknown, what: string, field: string): PlatformPins {
  const tools = record(value, what, field);
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

function record(value: unknown, what: string, field: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalid(what, field, "must be an object");
  }
  return value as Record<string, unknown>;
}

const invalid = (what: string, field: string, problem: string): PatchError =>
  new PatchError("INVALID_ARGUMENT", `${what}: ${field}${field === "" ? "" : " "}${problem}`, {
    field: field === "" ? what : field,
  });
