import { RelayError } from "@potassium/core-types";
import { kindOf } from "../option/kind-of.js";

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
 * @throws {RelayError} `INVALID_ARGUMENT` with the cause where it is no http or https URL, or holds more
 *   than that.
 */
export function parseBaseUrl(given: string | URL): BaseUrl {
  // Never repeated: what was meant to be a URL may hold a password.
  if (typeof given !== "string" && !(given instanceof URL)) {
    throw invalid(`must be a string or a URL, not ${kindOf(given)}`);
  }
  const text = String(given).trim();
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    throw invalid(`${problemOf(text)}; write it as in http://localhost:8080`);
  }
  if (url.username !== "" || url.password !== "") {
    throw invalid("must hold no user name or password; a relay knows only serviceToken");
  }
  if (url.search !== "" || url.hash !== "") throw invalid("must hold no query and no fragment");
  return { origin: url.origin, path: url.pathname.replace(/\/+$/, "") };
}

const isHttp = /^https?:\/\//i;

/** Why it is no http or https URL. */
function problemOf(text: string): string {
  if (text === "") return "must not be empty";
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(text)) return "does not begin with http:// or https://";
  if (!isHttp.test(text)) return "has a scheme other than http: and https:";
  const authority = text.replace(isHttp, "").split(/[/?#\\]/, 1)[0] ?? "";
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  const port = /:([^\]:]*)$/.exec(host)?.[1] ?? "";
  if (host === "" || host.startsWith(":")) return "has no host";
  if (port !== "" && !(/^\d+$/.test(port) && Number(port) <= 65_535)) {
    return "has a port that is no whole number up to 65535";
  }
  return "has a malformed host";
}

function invalid(message: string): RelayError {
  return new RelayError("INVALID_ARGUMENT", `invalid relay URL: ${message}`, { field: "url" });
}
