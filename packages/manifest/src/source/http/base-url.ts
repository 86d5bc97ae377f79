import { shownValue } from "@potassium/core-types";
import { invalidArgument } from "../../invalid-argument.js";

/** The address of an update's folder. @throws `INVALID_ARGUMENT` */
export function parseBaseUrl(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) {
    throw invalidArgument(`url must begin with http:// or https://, ${problemOf(url)}`, "url");
  }
  if (parsed.username !== "" || parsed.password !== "") {
    throw invalidArgument("url must not hold a password: give it in headers", "url");
  }
  parsed.hash = "";
  if (!parsed.pathname.endsWith("/")) parsed.pathname += "/";
  return parsed;
}

/** The address of a file below it. A query of the folder's address, a signature perhaps, is kept. */
export function fileUrl(base: URL, file: string): URL {
  const url = new URL(base);
  url.pathname += file.split("/").map(encodeURIComponent).join("/");
  return url;
}

/** An address for messages: without its query, which may hold a secret. */
export const shownUrl = (url: URL): string => `${url.origin}${url.pathname}`;

/** What was meant to be an address is repeated only where it holds no password. */
function problemOf(url: unknown): string {
  if (typeof url !== "string") return `not ${shownValue(url)}`;
  return url.includes("@") ? "and be well-formed" : `not ${JSON.stringify(url)}`;
}
