import type { LogLine } from "../provider/log-line.js";
import { ProviderError } from "../provider/provider-error.js";
import { tellLastLines } from "./tell-last-lines.js";

/**
 * The error for a server that ended before it was ready.
 *
 * @param lines the last lines of its output, which mostly say why.
 */
export function startFailed(
  name: string,
  exitCode: number,
  lines: readonly LogLine[] = [],
): ProviderError {
  return new ProviderError(
    "START_FAILED",
    `server ${JSON.stringify(name)} ended with exit code ${exitCode} before it was ready; ${tellLastLines(lines)}`,
  );
}
