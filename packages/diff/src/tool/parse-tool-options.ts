import { optionNames, shownValue } from "@potassium/core-types";
import { checkOptions, invalidOption } from "../check-options.js";
import { parsePath } from "../file/parse-path.js";
import type { ToolOptions } from "./tool-options.js";
import { parseToolPins } from "./tool-pins.js";

/** The names of {@link ToolOptions}. */
export const toolOptionNames = optionNames<ToolOptions>({
  hdiffz: true,
  hpatchz: true,
  pins: true,
  executableFolder: true,
  workingFolder: true,
  path: true,
  temporaryFolder: true,
});

const pathNames = [
  "hdiffz",
  "hpatchz",
  "executableFolder",
  "workingFolder",
  "temporaryFolder",
] as const satisfies (keyof ToolOptions)[];

/**
 * Checks tool options whose names were checked. Pins that are a file are not read. The answer is frozen.
 *
 * @param place - Before a name, for the `field`: "tools.", or "" where they are the call's own options.
 * @throws `INVALID_ARGUMENT` with the field at fault: `tools.hdiffz`
 */
export function parseToolOptions(options: ToolOptions, place: "tools." | ""): ToolOptions {
  const { path, pins } = options;
  for (const name of pathNames) {
    if (options[name] !== undefined) parsePath(options[name], `${place}${name}`);
  }
  if (path !== undefined && typeof path !== "string") {
    const problem = `must be a text as in the variable PATH, not ${shownValue(path)}`;
    throw invalidOption(`${place}path`, `${place}path ${problem}`);
  }
  if (pins === undefined) return Object.freeze({ ...options });
  return Object.freeze({
    ...options,
    pins:
      typeof pins === "string"
        ? parsePath(pins, `${place}pins`)
        : parseToolPins(pins, `${place}pins`, `${place}pins`),
  });
}

/** The `tools` of another call's options, names and all. @throws `INVALID_ARGUMENT` */
export function parseTools(tools: ToolOptions | undefined): ToolOptions | undefined {
  if (tools === undefined) return undefined;
  checkOptions(tools, toolOptionNames, "tools");
  return parseToolOptions(tools, "tools.");
}
