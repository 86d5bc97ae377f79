import { shownValue } from "@potassium/core-types";
import { invalidArgument } from "../parse-argument.js";

/**
 * The URL of a Redis. What is wrong with another is said without the URL: it may hold a password.
 *
 * @throws {RegistryError} `INVALID_ARGUMENT`
 */
export function parseRedisUrl(given: unknown): URL {
  const text = given instanceof URL ? given.href : given;
  const problem = typeof text === "string" ? problemOf(text) : notText(text);
  if (problem === undefined) return new URL(text as string);
  const message = `invalid url: ${problem}: it must be like redis://user:password@host:6379/0`;
  throw invalidArgument(message, "url");
}

const notText = (value: unknown): string =>
  value === undefined ? "is missing" : `must be text or a URL, not ${shownValue(value)}`;

function problemOf(text: string): string | undefined {
  if (!URL.canParse(text)) {
    return "can't be read as a URL; user and password must be percent-encoded";
  }
  const { protocol, hostname, pathname, search, hash, username, password } = new URL(text);
  if (protocol !== "redis:" && protocol !== "rediss:") {
    const only = "must begin with redis:// or, for TLS, rediss://";
    return /unix|file/.test(protocol) ? `${only}; sockets of Unix are not supported` : only;
  }
  if (hostname === "" || pathname.startsWith("//")) return "names no host";
  if (!/^\/?\d*$/.test(pathname)) return "has no number as the database";
  if (search !== "" || hash !== "") return "must have no ? or #; in a password, encode them";
  if (!isEncoded(username) || !isEncoded(password)) {
    return "has a % that encodes nothing; write it %25";
  }
  return undefined;
}

function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
