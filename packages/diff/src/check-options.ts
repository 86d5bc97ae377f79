import { PatchError, parseOptions } from "@potassium/core-types";

/**
 * Refuses options that the call does not know, before anything is done: with a misspelt `expected` a wrong file would
 * pass unseen.
 *
 * @param place - Where they stand in the call's own options, for the `field`: "expected".
 * @throws `INVALID_ARGUMENT` with the option at fault: `selfcheck`, `expected.newsha256`, `signal`
 */
export function checkOptions(options: unknown, names: readonly string[], place?: string): void {
  const makeError = (message: string, field: string, path: string) =>
    invalidOption(place === undefined || path === "" ? field : `${place}.${path}`, message);
  parseOptions(options, names, makeError, place);
}

export const invalidOption = (field: string, message: string): PatchError =>
  new PatchError("INVALID_ARGUMENT", message, { field });
