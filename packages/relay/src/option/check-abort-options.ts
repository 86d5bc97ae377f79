import { type AbortOptions, optionNames } from "@potassium/core-types";
import { checkOptions } from "./check-options.js";

const names = optionNames<AbortOptions>({ signal: true });

/** @throws {RelayError} `INVALID_ARGUMENT` where there is more than a signal, or it is none. */
export function checkAbortOptions(options: AbortOptions): void {
  checkOptions(options, names);
}
