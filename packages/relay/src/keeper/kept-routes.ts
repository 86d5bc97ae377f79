import { ClaimExpiry, type ClaimName } from "./claim-expiry.js";
import type { KeeperClock } from "./keeper-clock.js";
import { KeptEntry } from "./kept-entry.js";
import type { Claim } from "./route-claims.js";
import type { KeepOptions } from "./route-keeper-options.js";

export interface KeptRoutesOptions {
  readonly clock: KeeperClock;
  /** Something else is wanted for the entry. */
  readonly onChange: (entry: KeptEntry) => void;
  /** Claims of others want another backend. */
  readonly onConflict: (entry: KeptEntry, claim: Claim, others: readonly Claim[]) => void;
  readonly onExpired: (entry: KeptEntry, claim: Claim) => void;
}

/** What is wanted: the claims on each address, and when they end. */
export class KeptRoutes {
  readonly #options: KeptRoutesOptions;
  readonly #entries = new Map<string, KeptEntry>();
  readonly #expiry: ClaimExpiry;

  constructor(options: KeptRoutesOptions) {
    this.#options = options;
    this.#expiry = new ClaimExpiry(options.clock, (name) => this.#endIfDue(name));
  }

  get(playerIp: string): KeptEntry | undefined {
    this.#expiry.run();
    return this.#entries.get(playerIp);
  }

  entries(): readonly KeptEntry[] {
    this.#expiry.run();
    return [...this.#entries.values()];
  }

  set(playerIp: string, backend: string, { ttlMs, owner }: KeepOptions): KeptEntry {
    this.#expiry.run();
    const entry = this.#entries.get(playerIp) ?? new KeptEntry(playerIp);
    this.#entries.set(playerIp, entry);
    const before = entry.wanted;
    const claim = { owner, backend, ttlMs, endsMs: this.#endsMs(ttlMs) };
    const isOther = entry.claims.set(claim);
    if (claim.endsMs !== undefined) this.#expiry.add({ playerIp, owner }, claim.endsMs);
    // Who sets a refused route again wants to see it tried.
    if (before !== entry.wanted || entry.state === "refused") this.#options.onChange(entry);
    const others = isOther ? entry.claims.against(claim) : [];
    if (others.length > 0) this.#options.onConflict(entry, claim, others);
    return entry;
  }

  /** Takes over a route that the relay has and that is not known here. */
  adopt(playerIp: string, backend: string, { ttlMs, owner }: KeepOptions): void {
    const entry = new KeptEntry(playerIp);
    const endsMs = this.#endsMs(ttlMs);
    entry.claims.set({ owner, backend, ttlMs, endsMs });
    entry.sent.add(backend);
    entry.settle("applied");
    this.#entries.set(playerIp, entry);
    if (endsMs !== undefined) this.#expiry.add({ playerIp, owner }, endsMs);
  }

  /** @returns whether there was such a claim. */
  touch(playerIp: string, { ttlMs: newTtlMs, owner }: KeepOptions): boolean {
    const claims = this.get(playerIp)?.claims;
    const claim = claims?.get(owner);
    if (claim === undefined) return false;
    const ttlMs = newTtlMs ?? claim.ttlMs;
    const endsMs = this.#endsMs(ttlMs);
    claims?.renew({ ...claim, ttlMs, endsMs });
    if (endsMs !== undefined) this.#expiry.add({ playerIp, owner }, endsMs);
    return true;
  }

  /** @returns whether there was such a claim. */
  delete(playerIp: string, owner?: string): boolean {
    const entry = this.get(playerIp);
    const before = entry?.wanted;
    if (entry === undefined || before === undefined) return false;
    if (owner !== undefined && entry.claims.get(owner) === undefined) return false;
    if (owner === undefined) entry.claims.clear();
    else entry.claims.delete(owner);
    if (entry.wanted !== before) this.#options.onChange(entry);
    return true;
  }

  /** Nothing is to be known of it any more. */
  forget(entry: KeptEntry): void {
    this.#entries.delete(entry.playerIp);
  }

  close(): void {
    this.#expiry.close();
  }

  #endsMs(ttlMs: number | undefined): number | undefined {
    return ttlMs === undefined ? undefined : this.#options.clock.now() + ttlMs;
  }

  #endIfDue({ playerIp, owner }: ClaimName): number | undefined {
    const entry = this.#entries.get(playerIp);
    const claim = entry?.claims.get(owner);
    if (entry === undefined || claim?.endsMs === undefined) return undefined;
    if (claim.endsMs > this.#options.clock.now()) return claim.endsMs;
    const before = entry.wanted;
    entry.claims.delete(owner);
    if (entry.wanted !== before) this.#options.onChange(entry);
    this.#options.onExpired(entry, claim);
    return undefined;
  }
}
