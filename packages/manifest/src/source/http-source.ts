import { optionNames, parseOptions } from "@potassium/core-types";
import { invalidArgument } from "../invalid-argument.js";
import { checkFileName } from "./check-file-name.js";
import { checkStart } from "./check-start.js";
import { fileUrl, parseBaseUrl, shownUrl } from "./http/base-url.js";
import { checkHttpOptions, type HttpSourceOptions } from "./http/http-source-options.js";
import { ResumedFile } from "./http/read-resumed.js";
import type { OpenSourceOptions, UpdateSource } from "./update-source.js";

const openNames = optionNames<OpenSourceOptions>({ start: true, signal: true });

/**
 * An update on a web server, below the address of its folder. A download that breaks off is gone on with where
 * it was, as long as the file is the same; servers that know no ranges are read anew, past what came before.
 *
 * Its `open` throws `NOT_FOUND`, `UNAVAILABLE`, `TIMEOUT` (next to nothing came for `timeoutMs`) and `BAD_RESPONSE`,
 * once no try is left; the reading of its bytes likewise. Bytes that were opened must be read, or their loop left.
 *
 * @throws `INVALID_ARGUMENT`
 * @example
 * ```ts
 * const source = httpSource("https://cdn.example/1.1.0/", { headers: { authorization: `Bearer ${token}` } });
 * ```
 */
export function httpSource(url: string, options: HttpSourceOptions = {}): UpdateSource {
  const base = parseBaseUrl(url);
  const checked = checkHttpOptions(options);
  return Object.freeze({
    name: shownUrl(base),
    async open(file: string, options: OpenSourceOptions = {}) {
      parseOptions(options, openNames, invalidArgument);
      checkFileName(file);
      const start = checkStart(options.start);
      options.signal?.throwIfAborted();
      const resumed = new ResumedFile(fileUrl(base, file), checked, options.signal);
      const first = await resumed.request({ start });
      return { totalBytes: first.totalBytes, chunks: resumed.read(first, start) };
    },
  });
}
