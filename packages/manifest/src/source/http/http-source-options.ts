import { optionNames, parseOptions, shownValue } from "@potassium/core-types";
import { invalidArgument } from "../../invalid-argument.js";

/** What is used of the global `fetch`, which is the default. */
export type FetchFunction = (
  url: string,
  init: {
    readonly headers: Record<string, string>;
    readonly redirect: "manual";
    readonly signal: AbortSignal;
  },
) => Promise<Response>;

export interface HttpSourceOptions {
  /** Sent with each request to the origin of the address, and nowhere else, whereto ever it redirects. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** How long a kilobyte may take to come, in milliseconds. @default 30_000 */
  readonly timeoutMs?: number | undefined;
  /** How often in a row a request that failed is made again. @default 5 */
  readonly retries?: number | undefined;
  /** Longest wait before a request is made again, in milliseconds, also where the server asks for more. @default 10_000 */
  readonly maxWaitMs?: number | undefined;
  readonly fetch?: FetchFunction | undefined;
}

export interface CheckedHttpOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly maxWaitMs: number;
  readonly fetch: FetchFunction;
}

const names = optionNames<HttpSourceOptions>({
  headers: true,
  timeoutMs: true,
  retries: true,
  maxWaitMs: true,
  fetch: true,
});

/** @throws `INVALID_ARGUMENT` */
export function checkHttpOptions(options: HttpSourceOptions): CheckedHttpOptions {
  parseOptions(options, names, invalidArgument);
  const { fetch = globalThis.fetch } = options;
  if (typeof fetch !== "function") throw invalidArgument("fetch must be a function", "fetch");
  return {
    headers: checkedHeaders(options.headers ?? {}),
    timeoutMs: wholeNumber("timeoutMs", options.timeoutMs, 1, 30_000),
    retries: wholeNumber("retries", options.retries, 0, 5),
    maxWaitMs: wholeNumber("maxWaitMs", options.maxWaitMs, 0, 10_000),
    fetch,
  };
}

/** Ours, by which a file is resumed. */
const ownHeaders = ["range", "if-range", "accept-encoding"];

function checkedHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  try {
    const checked = Object.fromEntries(new Headers({ ...headers }));
    const own = ownHeaders.find((name) => name in checked);
    if (own === undefined) return checked;
    throw invalidArgument(`headers must not hold ${own}, which the source sets`, "headers");
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw invalidArgument("headers must be an object of valid names and values", "headers");
  }
}

function wholeNumber(name: string, value: unknown, least: number, byDefault: number): number {
  if (value === undefined) return byDefault;
  if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) < 2 ** 31) {
    return value as number;
  }
  throw invalidArgument(`${name} must be a whole number, not ${shownValue(value)}`, name);
}
