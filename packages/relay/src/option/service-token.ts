import { RelayError } from "@potassium/core-types";

/**
 * The service token, if there is one. It is checked here because it travels in an HTTP header; the
 * message must not repeat it.
 *
 * @throws {RelayError} `INVALID_ARGUMENT` where it is no string, is empty, or holds what a header can't carry.
 */
export function checkedServiceToken(token: string | undefined): string | undefined {
  if (token === undefined) return token;
  if (typeof token === "string" && /^[\x21-\x7e]+(?: +[\x21-\x7e]+)*$/.test(token)) return token;
  throw new RelayError(
    "INVALID_ARGUMENT",
    "invalid option: serviceToken: must be a string of printable ASCII without blanks at its ends and not empty; leave it out where there is none",
    { field: "serviceToken" },
  );
}
