import type { LogLine } from "../provider/log-line.js";

/** What a server wrote last, as the end of an error's message: it mostly says why. */
export function tellLastLines(lines: readonly LogLine[]): string {
  if (lines.length === 0) return "it wrote nothing";
  return `its last lines:\n${lines.map((line) => `  ${line.text}`).join("\n")}`;
}
