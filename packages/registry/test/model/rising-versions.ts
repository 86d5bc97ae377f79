import type { ServerRecord, ServerRegistry } from "@potassium/core-types";
import { expect } from "vitest";

/** Sees that each record which differs from before has a version above all that were seen, and each new lease such a fencing token. */
export class RisingVersions {
  #highest = 0;
  #records = new Map<string, ServerRecord>();
  #leases = 0;

  /** @param given the ids of the leases so far. */
  async expectRisen(registry: ServerRegistry, given: readonly string[]): Promise<void> {
    const present = [
      ...(await registry.list()),
      ...(await registry.list({ availability: "expired" })),
    ];
    const before = this.#highest;
    for (const record of present) {
      const { version } = record;
      const known = this.#records.get(record.id);
      if (version === known?.version) expect(record).toEqual(known);
      else expect(version).toBeGreaterThan(before);
      this.#highest = Math.max(this.#highest, version);
    }
    this.#records = new Map(present.map((record) => [record.id, record]));
    for (; this.#leases < given.length; this.#leases += 1) {
      const lease = await registry.getLease(given[this.#leases] ?? "");
      if (lease === undefined) continue;
      expect(lease.fencingToken).toBeGreaterThan(before);
      this.#highest = Math.max(this.#highest, lease.fencingToken);
    }
  }
}
