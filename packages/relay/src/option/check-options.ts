import { parseOptions, RelayError } from "@potassium/core-types";

/**
 * Refuses options that the call does not know, before anything is done: a misspelt `dryRun` would delete
 * what it should only tell of.
 *
 * @param place where they stand in the call's own options, for the `field`: "udp".
 * @throws {RelayError} `INVALID_ARGUMENT` with the option at fault: `dryrun`, `udp.prot`, `signal`.
 */
export function checkOptions(options: unknown, names: readonly string[], place?: string): void {
  const makeError = (message: string, field: string, path: string) =>
    new RelayError("INVALID_ARGUMENT", message, {
      field: place === undefined || path === "" ? field : `${place}.${path}`,
    });
  parseOptions(options, names, makeError, place);
}
