import { shownValue } from "@potassium/core-types";
import { invalidArgument } from "../invalid-argument.js";

/** Where a source begins to read. @throws `INVALID_ARGUMENT` */
export function checkStart(start = 0): number {
  if (Number.isSafeInteger(start) && start >= 0) return start;
  throw invalidArgument(`start must be a number of bytes, not ${shownValue(start)}`, "start");
}
