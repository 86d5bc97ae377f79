import type { LogLine } from "@potassium/core-types";
import type { Output } from "../../output/output.js";
import { logText } from "./log-text.js";

/** Prints a server's line on the stream that it wrote it to: made safe where that is a terminal, and elsewhere as it is. */
export async function printLogLine(output: Output, line: LogLine, hasTime: boolean): Promise<void> {
  if (output.json) return output.item(line, () => "");
  const isOut = line.stream === "stdout";
  const isTerminal = isOut ? output.isTerminal : output.isErrorTerminal;
  const text = isTerminal ? logText(line.text) : line.text;
  const shown = `${hasTime ? `${line.time} ` : ""}${text}\n`;
  return isOut ? output.raw(shown) : output.rawError(shown);
}
