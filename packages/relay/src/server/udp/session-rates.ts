import { type Rate, TokenBucket } from "./token-bucket.js";

/** How often sessions may be opened; `undefined` is without limit. */
export interface SessionRateLimits {
  readonly perIp: Rate | undefined;
  readonly overall: Rate | undefined;
}

/**
 * Watches how often sessions are opened. It must be asked only for addresses that have a route, and
 * be told when a route goes: then it keeps no more addresses than there are routes, whatever
 * addresses a flood pretends to come from.
 */
export class SessionRates {
  readonly #perIp: Rate | undefined;
  readonly #overall: TokenBucket | undefined;
  readonly #byIp = new Map<string, TokenBucket>();

  constructor({ perIp, overall }: SessionRateLimits, nowMs: number) {
    this.#perIp = perIp;
    this.#overall = overall && new TokenBucket(overall, nowMs);
  }

  /** Addresses that are kept. */
  get size(): number {
    return this.#byIp.size;
  }

  /** Why no session may be opened now. One that may be opened counts as opened. */
  refusal(ip: string, nowMs: number): "sessionRatePerIp" | "sessionRate" | undefined {
    // First its own, so that one address can't use up what is for all.
    if (this.#bucketOf(ip, nowMs)?.take(nowMs) === false) return "sessionRatePerIp";
    return this.#overall?.take(nowMs) === false ? "sessionRate" : undefined;
  }

  forget(ip: string): void {
    this.#byIp.delete(ip);
  }

  /** Forgets addresses that have not opened sessions for so long that nothing counts against them. */
  forgetQuiet(nowMs: number): void {
    for (const [ip, bucket] of this.#byIp) if (bucket.isFull(nowMs)) this.#byIp.delete(ip);
  }

  #bucketOf(ip: string, nowMs: number): TokenBucket | undefined {
    if (this.#perIp === undefined) return undefined;
    const bucket = this.#byIp.get(ip) ?? new TokenBucket(this.#perIp, nowMs);
    this.#byIp.set(ip, bucket);
    return bucket;
  }
}
