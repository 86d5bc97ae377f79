import { ProviderError } from "../../provider/provider-error.js";

/** @throws {ProviderError} `INVALID_ARGUMENT` for a cap that would cap nothing, such as NaN. */
export function checkCap(field: string, cap: number): void {
  if (typeof cap === "number" && cap >= 0) return;
  throw new ProviderError("INVALID_ARGUMENT", `${field}: must be a number, 0 or more`, { field });
}

export function tooLarge(path: string, cap: string): ProviderError {
  return new ProviderError("TOO_LARGE", `the folder ${path} has more than ${cap}`);
}
