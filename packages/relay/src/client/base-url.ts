import { RelayError } from "@potassium/core-types";

/** Where a relay's API lives. */
export interface BaseUrl {
  /** Scheme, host and port: `http://localhost:8080`. */
  readonly origin: string;
  /** What stands before `/routes`, without a slash at its end: `` or `/peel`. */
  readonly path: string;
}

/**
 * Reads the base URL of a relay's API, with or without a path and a slash at its end.
 *
 * @throws {RelayError} `INVALID_ARGUMENT` where it is no http or https URL, or holds more than that.
 */
export function parseBaseUrl(text: string): BaseUrl {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    // Not repeated: what was meant to be a URL may hold a password.
    throw invalid("must be an http or https URL, such as http://localhost:8080");
  }
  if (url.username !== "" || url.password !== "") {
    throw invalid("must hold no user name or password; a relay knows only serviceToken");
  }
  if (url.search !== "" || url.hash !== "") throw invalid("must hold no query and no fragment");
  return { origin: url.origin, path: url.pathname.replace(/\/+$/, "") };
}

function invalid(message: string): RelayError {
  return new RelayError("INVALID_ARGUMENT", `invalid relay URL: ${message}`, { field: "url" });
}
