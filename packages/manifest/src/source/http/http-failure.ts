import { ManifestError } from "../../manifest-error.js";

/** A failure that may pass: the request is worth another try. Ours is thrown where no try is left. */
export class PassingFailure extends Error {
  constructor(
    readonly error: ManifestError,
    /** How long the server asks to wait, in milliseconds. */
    readonly waitMs = 0,
  ) {
    super(error.message);
  }
}

const passingStatus = new Set([408, 425, 429, 500, 502, 503, 504]);

/** What an answer that holds no file means. */
export function refusal(response: Response, url: string): ManifestError | PassingFailure {
  const { status } = response;
  const message = `${url} answered ${status} ${response.statusText}`.trimEnd();
  if (passingStatus.has(status)) {
    const error = new ManifestError("UNAVAILABLE", message);
    return new PassingFailure(error, retryAfterMs(response.headers.get("retry-after")));
  }
  if (status === 404 || status === 410) return new ManifestError("NOT_FOUND", message);
  if (status === 401 || status === 403) {
    return new ManifestError("UNAVAILABLE", `${message}: the headers given do not open it`);
  }
  return new ManifestError(status >= 500 ? "UNAVAILABLE" : "BAD_RESPONSE", message);
}

/** Seconds, or a date. */
function retryAfterMs(text: string | null): number {
  if (text === null) return 0;
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}
