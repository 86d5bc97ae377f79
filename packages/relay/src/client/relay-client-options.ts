import { optionNames } from "@potassium/core-types";
import { checkOptions } from "../option/check-options.js";
import { checkedFunction } from "../option/checked-function.js";
import { checkedServiceToken } from "../option/service-token.js";
import { maxTimerMs, wholeNumber } from "../option/whole-number.js";

/** How a `RelayClient` talks to its relay. */
export interface RelayClientOptions {
  /** Sent as `X-Service-Token` with the calls that change something. @default none */
  readonly serviceToken?: string | undefined;
  /**
   * Longest time that a call takes from its turn on, all its tries together, in milliseconds. A call
   * that waits for its turn fails too, where the relay answered no call for so long. @default 5_000
   */
  readonly timeoutMs?: number | undefined;
  /** How often a call is tried again after the first try. 0 turns that off. @default 3 */
  readonly retries?: number | undefined;
  /** Connections that are open at once; further calls wait for their turn. @default 32 */
  readonly connections?: number | undefined;
  /** Longest answer that is read, in bytes. @default 16_777_216 */
  readonly maxAnswerBytes?: number | undefined;
  /** Source of the jitter between tries, in [0, 1). @default Math.random */
  readonly random?: (() => number) | undefined;
}

const names = optionNames<RelayClientOptions>({
  serviceToken: true,
  timeoutMs: true,
  retries: true,
  connections: true,
  maxAnswerBytes: true,
  random: true,
});

/** The options with their defaults filled in. */
export interface RelayClientSettings {
  readonly serviceToken: string | undefined;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly connections: number;
  readonly maxAnswerBytes: number;
  readonly random: () => number;
}

/** @throws {RelayError} `INVALID_ARGUMENT` with the option at fault. */
export function relayClientSettings(options: RelayClientOptions): RelayClientSettings {
  checkOptions(options, names);
  const { serviceToken, timeoutMs, retries, connections, maxAnswerBytes } = options;
  return {
    serviceToken: checkedServiceToken(serviceToken),
    timeoutMs: wholeNumber(timeoutMs, {
      field: "timeoutMs",
      min: 1,
      max: maxTimerMs,
      fallback: 5_000,
    }),
    retries: wholeNumber(retries, { field: "retries", min: 0, max: 100, fallback: 3 }),
    connections: wholeNumber(connections, {
      field: "connections",
      min: 1,
      max: 1_024,
      fallback: 32,
    }),
    maxAnswerBytes: wholeNumber(maxAnswerBytes, {
      field: "maxAnswerBytes",
      min: 1_024,
      max: 2 ** 29,
      fallback: 16 * 1_024 * 1_024,
    }),
    random: checkedFunction(options.random ?? Math.random, "random"),
  };
}
