import { setImmediate } from "node:timers/promises";
import type {
  AbortOptions,
  Lease,
  MatchInfo,
  SeatRequestInput,
  ServerInfo,
  ServerRecord,
} from "../../../src/index.js";
import type { BrokenRegistry } from "./broken-registry.js";
import type { KeptLease } from "./reference-records.js";
import { ReferenceRegistry } from "./reference-registry.js";

/** Registries whose claims go wrong. */
export const brokenClaims: readonly BrokenRegistry[] = [
  {
    fault: "seats are given twice where claims come at once",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        override async claimSeats(request: SeatRequestInput, options?: AbortOptions) {
          const { mode, seats = 1, order } = request;
          const found = await this.findReadyMatch(mode, { seats, order });
          await setImmediate();
          if (found === undefined || request.party !== undefined)
            return super.claimSeats(request, options);
          const held = { ttlMs: 30_000, party: [], where: {}, order: "oldest", seats } as const;
          return this.seatClaim(this.hold({ ...found, free: seats }, held, request));
        }
      })(settings),
    noticedBy: [
      "hundreds of claims at once, oldest first, give each seat once and every seat",
      "hundreds of claims at once, fullest first, give each seat once and every seat",
    ],
  },
  {
    fault: "places in lobbies are not held",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        protected override heldSeats(serverId: string, matchId: string | undefined): number {
          return matchId === undefined ? 0 : super.heldSeats(serverId, matchId);
        }
      })(settings),
    noticedBy: [
      "places of lobbies that are claimed at once are each given once",
      "claimLobby() gives no more places than a lobby has, and a party all in one",
      "findLobby() counts held places",
    ],
  },
  {
    fault: "claims take one seat more than there is",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        protected override freeSeats(serverId: string, matchId: string, match: MatchInfo): number {
          return super.freeSeats(serverId, matchId, match) + 1;
        }
      })(settings),
    noticedBy: [
      "claimSeats() gives no more seats than a match needs",
      "claimSeats() gives a party its seats in one match or none",
      "list() filters by the free seats of one match, and adds none together",
    ],
  },
  {
    fault: "a lease never expires",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        protected override catchUp(): void {
          const leases = new Map(this.leases);
          super.catchUp();
          for (const [id, kept] of leases) {
            const { lease } = kept;
            if (lease.state === "held" && this.servers.has(lease.serverId)) {
              this.leases.set(id, kept);
            }
          }
        }
      })(settings),
    noticedBy: ["a claim that nobody confirms gives its seats back by itself"],
  },
  {
    fault: "the idempotency key is ignored",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        protected override leaseOfKey(): KeptLease | undefined {
          return undefined;
        }
      })(settings),
    noticedBy: [
      "the same key and request give the same lease, one after the other",
      "the same key and request give the same lease, many at once",
      "the key of another request is CONFLICT and claims nothing",
    ],
  },
  {
    fault: "a key gives its lease to any request",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        protected override leaseOfKey(key: string | undefined): KeptLease | undefined {
          return [...this.leases.values()].find((kept) => key !== undefined && kept.key === key);
        }
      })(settings),
    noticedBy: ["the key of another request is CONFLICT and claims nothing"],
  },
  {
    fault: "confirm() counts twice",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        protected override knownLease(leaseId: string): KeptLease {
          const kept = super.knownLease(leaseId);
          kept.lease = { ...kept.lease, state: "held" };
          return kept;
        }
      })(settings),
    noticedBy: [
      "confirm() once more gives the same lease and changes nothing",
      "many confirm() calls for one lease at once take its seats once",
      "a confirmed lobby lease is counted in the players",
    ],
  },
  {
    fault: "confirm() counts players twice whom the match has",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        protected override withPlayers(server: ServerInfo, lease: Lease): ServerInfo {
          const party = lease.party.map((player) => `${player}-`);
          return super.withPlayers(server, { ...lease, party });
        }
      })(settings),
    noticedBy: [
      "confirm() does not count players twice whom the match has already",
      "confirm() works where the server has reported the whole party",
    ],
  },
  {
    fault: "confirm() takes what need has fallen below",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        protected override withPlayers(server: ServerInfo, lease: Lease): ServerInfo {
          const need = server.matches[lease.matchId ?? ""]?.need ?? lease.seats;
          return super.withPlayers(server, { ...lease, seats: Math.min(lease.seats, need) });
        }
      })(settings),
    noticedBy: [
      "confirm() is CONFLICT where need has fallen below the seats, and the lease is still held",
    ],
  },
  {
    fault: "release() doesn't give the seats back",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        readonly lost = new Map<string, number>();
        override async release(leaseId: string, options?: AbortOptions): Promise<boolean> {
          const lease = await this.getLease(leaseId);
          const held = await super.release(leaseId, options);
          if (lease === undefined) return held;
          const place = `${lease.serverId} ${lease.matchId}`;
          this.lost.set(place, (this.lost.get(place) ?? 0) + lease.seats);
          return held;
        }
        protected override heldSeats(serverId: string, matchId: string | undefined): number {
          const lost = this.lost.get(`${serverId} ${matchId}`) ?? 0;
          return super.heldSeats(serverId, matchId) + lost;
        }
      })(settings),
    noticedBy: [
      "release() gives the seats back, once",
      "a released lobby lease gives its places back",
    ],
  },
  {
    fault: "leases outlive their server",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        protected override remove(id: string, reason: "unregistered" | "expired"): void {
          const leases = new Map(this.leases);
          super.remove(id, reason);
          for (const [leaseId, kept] of leases) this.leases.set(leaseId, kept);
        }
      })(settings),
    noticedBy: [
      "unregister() ends the claims on it",
      "a lobby that is unregistered ends the claims on it",
    ],
  },
  {
    fault: "servers that drain are claimed",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        protected override takesPlayers(server: ServerRecord): boolean {
          const available = server.availability !== "expired";
          return super.takesPlayers(available ? { ...server, availability: "available" } : server);
        }
      })(settings),
    noticedBy: [
      "finds and claims pass over draining servers, and take them when that is over",
      "finds and claims take the next server where one is draining",
    ],
  },
  {
    fault: "a fencing token falls",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        protected override hold(...args: Parameters<ReferenceRegistry["hold"]>): Lease {
          const lease = super.hold(...args);
          const fencingToken = Number.MAX_SAFE_INTEGER - lease.fencingToken;
          const kept = this.leases.get(lease.id);
          if (kept !== undefined) kept.lease = Object.freeze({ ...lease, fencingToken });
          return kept?.lease ?? lease;
        }
      })(settings),
    noticedBy: [
      "the fencing tokens of claims rise, and no two leases have one id",
      "a claim that nobody confirms gives its seats back by itself",
    ],
  },
];
