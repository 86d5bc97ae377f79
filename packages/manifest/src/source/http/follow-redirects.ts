import { ManifestError } from "../../manifest-error.js";
import { shownUrl } from "./base-url.js";
import type { CheckedHttpOptions } from "./http-source-options.js";

const mostRedirects = 5;

/**
 * Makes a request and follows where it is sent, never from https to http. The caller's headers go to the
 * origin of `url` alone.
 *
 * @throws `BAD_RESPONSE` for a redirect that is not followed, and what `fetch` throws
 */
export async function followRedirects(
  url: URL,
  ownHeaders: Readonly<Record<string, string>>,
  { fetch, headers }: CheckedHttpOptions,
  signal: AbortSignal,
): Promise<Response> {
  let place = url;
  for (let redirects = 0; ; redirects++) {
    const given = place.origin === url.origin ? headers : {};
    const response = await fetch(place.href, {
      headers: { ...given, ...ownHeaders },
      redirect: "manual",
      signal,
    });
    if (![301, 302, 303, 307, 308].includes(response.status)) return response;
    await response.body?.cancel();
    if (redirects === mostRedirects) {
      throw new ManifestError("BAD_RESPONSE", `${shownUrl(url)} redirects again and again`);
    }
    place = redirectTarget(place, response.headers.get("location"));
  }
}

function redirectTarget(from: URL, location: string | null): URL {
  if (location === null || !URL.canParse(location, from.href)) throw refused(from, "to nowhere");
  const target = new URL(location, from);
  if (target.protocol !== "https:" && target.protocol !== from.protocol) {
    throw refused(from, `to ${target.protocol}//, which is not followed`);
  }
  if (target.username !== "" || target.password !== "") throw refused(from, "with a password");
  return target;
}

const refused = (from: URL, what: string) =>
  new ManifestError("BAD_RESPONSE", `${shownUrl(from)} redirects ${what}`);
