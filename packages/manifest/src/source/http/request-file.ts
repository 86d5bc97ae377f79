import { ManifestError } from "../../manifest-error.js";
import { shownUrl } from "./base-url.js";
import { parseContentRange } from "./content-range.js";
import { followRedirects } from "./follow-redirects.js";
import { PassingFailure, refusal } from "./http-failure.js";
import type { CheckedHttpOptions } from "./http-source-options.js";
import { StallWatch } from "./stall-watch.js";

export interface WantedRange {
  readonly start: number;
  /** The version of the file that is to be gone on with: its strong ETag, or when it was last changed. */
  readonly validator?: string | undefined;
}

/** An answer whose body is yet to be read. */
export interface FileResponse {
  readonly response: Response;
  readonly watch: StallWatch;
  /** Bytes of the body to pass over, as the server began before what was wanted. */
  readonly skipBytes: number;
  readonly totalBytes?: number | undefined;
  readonly validator?: string | undefined;
}

/**
 * Asks for a file once.
 *
 * @throws PassingFailure where another try may help; `NOT_FOUND`, `UNAVAILABLE`, `BAD_RESPONSE`; the signal's reason
 */
export async function requestFile(
  url: URL,
  wanted: WantedRange,
  options: CheckedHttpOptions,
  signal: AbortSignal | undefined,
): Promise<FileResponse> {
  const watch = new StallWatch(options.timeoutMs, signal);
  let response: Response | undefined;
  try {
    watch.waiting();
    response = await followRedirects(url, rangeHeaders(wanted), options, watch.signal);
    watch.arrived(0);
    const place = readHead(response, url, wanted);
    return { response, watch, ...place };
  } catch (error) {
    watch.stop();
    await response?.body?.cancel().catch(() => undefined);
    throw requestFailure(error, url, watch, signal);
  }
}

/** What went wrong on the way, as ours. */
export function requestFailure(
  error: unknown,
  url: URL,
  watch: StallWatch,
  signal: AbortSignal | undefined,
): unknown {
  if (signal?.aborted) return signal.reason;
  if (error instanceof ManifestError || error instanceof PassingFailure) return error;
  const place = shownUrl(url);
  if (watch.stalled) {
    return new PassingFailure(new ManifestError("TIMEOUT", `${place} went silent`));
  }
  const { cause = error } = error as { readonly cause?: unknown };
  const problem = cause instanceof Error ? cause.message : String(cause);
  const message = `${place} could not be read: ${problem}`;
  return new PassingFailure(new ManifestError("UNAVAILABLE", message, { cause: error }));
}

function rangeHeaders({ start, validator }: WantedRange): Record<string, string> {
  // A file is asked for as it is: a range of compressed bytes would be another.
  const headers: Record<string, string> = { "accept-encoding": "identity" };
  if (start === 0) return headers;
  headers["range"] = `bytes=${start}-`;
  if (validator !== undefined) headers["if-range"] = validator;
  return headers;
}

function readHead(
  response: Response,
  url: URL,
  { start, validator: known }: WantedRange,
): Pick<FileResponse, "skipBytes" | "totalBytes" | "validator"> {
  const { status, headers } = response;
  const bad = (problem: string) => new ManifestError("BAD_RESPONSE", `${shownUrl(url)} ${problem}`);
  if (status !== 200 && status !== 206 && !(status === 416 && start > 0)) {
    throw refusal(response, shownUrl(url));
  }
  const range = parseContentRange(headers.get("content-range"));
  if (status === 416) {
    if (range?.totalBytes === start) return { skipBytes: 0, totalBytes: start, validator: known };
    throw bad(`has no byte ${start}, from which on it was asked for`);
  }
  if ((headers.get("content-encoding") ?? "identity") !== "identity") {
    throw bad("is sent compressed, which it was not asked for");
  }
  const validator = validatorOf(headers);
  if (known !== undefined && validator !== known) throw bad("has changed while it was read");
  if (status === 206) {
    if (range?.start !== start) throw bad("was sent from another byte on than it was asked for");
    return { skipBytes: 0, totalBytes: range.totalBytes, validator };
  }
  const length = headers.get("content-length");
  const totalBytes = /^\d{1,15}$/.test(length ?? "") ? Number(length) : undefined;
  return { skipBytes: start, totalBytes, validator };
}

/** A weak ETag may stand for other bytes. */
function validatorOf(headers: Headers): string | undefined {
  const tag = headers.get("etag");
  if (tag !== null && !tag.startsWith("W/")) return tag;
  return headers.get("last-modified") ?? undefined;
}
