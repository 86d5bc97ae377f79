import { RelayError } from "@potassium/core-types";
import { kindOf } from "./kind-of.js";

/**
 * A function that the caller gave.
 *
 * @throws {RelayError} `INVALID_ARGUMENT` with `field` where it is something else.
 */
export function checkedFunction<Given extends (...args: never[]) => unknown>(
  given: Given,
  field: string,
): Given {
  if (typeof given === "function") return given;
  const message = `invalid ${field}: must be a function, not ${kindOf(given)}`;
  throw new RelayError("INVALID_ARGUMENT", message, { field });
}
