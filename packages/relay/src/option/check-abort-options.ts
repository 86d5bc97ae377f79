import type { AbortOptions } from "@potassium/core-types";
import { checkOptions, optionNames } from "./check-options.js";

const names = optionNames<AbortOptions>({ signal: true });

/** @throws {RelayError} `INVALID_ARGUMENT` where there is more than a signal, or it is none. */
export function checkAbortOptions(options: AbortOptions): void {
  checkOptions(options, names);
}
