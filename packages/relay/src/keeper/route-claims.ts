/** One owner's wish for the backend of an address. */
export interface Claim {
  readonly owner: string | undefined;
  readonly backend: string;
  /** How long it holds from its last renewal; `undefined` for ever. */
  readonly ttlMs: number | undefined;
  /** When it ends, by the keeper's clock; `undefined` for never. */
  readonly endsMs: number | undefined;
}

/**
 * What the owners behind one address want. The latest wish counts; when it goes, the one before it does
 * again, so that a player who leaves does not take the route from the other behind the same address.
 */
export class RouteClaims {
  /** The latest stands last. */
  readonly #claims = new Map<string | undefined, Claim>();

  /** The backend that counts. */
  get backend(): string | undefined {
    return [...this.#claims.values()].at(-1)?.backend;
  }

  list(): readonly Claim[] {
    return [...this.#claims.values()];
  }

  get(owner: string | undefined): Claim | undefined {
    return this.#claims.get(owner);
  }

  /**
   * Makes it the latest. A claim that is set again as it was keeps its rank, so that two owners who
   * renew theirs don't take the route from each other in turns.
   *
   * @returns whether it is another than before.
   */
  set(claim: Claim): boolean {
    const { owner, backend } = claim;
    const isOther = this.#claims.get(owner)?.backend !== backend;
    if (isOther) this.#claims.delete(owner);
    this.#claims.set(owner, claim);
    return isOther;
  }

  /** Puts another end to it and leaves its rank. */
  renew(claim: Claim): void {
    if (this.#claims.has(claim.owner)) this.#claims.set(claim.owner, claim);
  }

  delete(owner: string | undefined): void {
    this.#claims.delete(owner);
  }

  clear(): void {
    this.#claims.clear();
  }

  /** The claims of others that want another backend. */
  against(claim: Claim): readonly Claim[] {
    return this.list().filter(
      ({ owner, backend }) => owner !== claim.owner && backend !== claim.backend,
    );
  }
}
