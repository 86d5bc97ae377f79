import type {
  AbortOptions,
  DrainOptions,
  Lease,
  ListFilter,
  RegistryChange,
  ServerOrder,
  ServerRecord,
} from "../../../src/index.js";
import type { BrokenRegistry } from "./broken-registry.js";
import { ReferenceRegistry } from "./reference-registry.js";

/** Registries that are wrong about versions, pages, time, drains and what they tell. */
export const brokenLife: readonly BrokenRegistry[] = [
  {
    fault: "a stale version is accepted",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        protected override checkVersion(): void {}
      })(settings),
    noticedBy: [
      "a change of another version is CONFLICT and changes nothing",
      "of many changes of one version at once, one is made",
    ],
  },
  {
    fault: "any later version is accepted",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        protected override checkVersion(server: ServerRecord, ifVersion: number | undefined): void {
          if ((ifVersion ?? 0) < server.version) super.checkVersion(server, ifVersion);
        }
      })(settings),
    noticedBy: ["a change of another version is CONFLICT and changes nothing"],
  },
  {
    fault: "versions begin anew for each server",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        protected override nextVersion(): number {
          this.lastVersion = 1 + (this.log.length % 3);
          return this.lastVersion;
        }
      })(settings),
    noticedBy: ["the version rises with each change, and no two records have the same"],
  },
  {
    fault: "a cursor repeats servers",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        protected override writeCursor(last: ServerRecord, filter: ListFilter, order: ServerOrder) {
          const [key, place] = this.sortKey(last, order);
          return JSON.stringify({ filter, order, after: [key, place - 0.5] });
        }
      })(settings),
    noticedBy: [
      "the last page has no cursor, a full one neither",
      "servers that register between the pages are on a later page",
    ],
  },
  {
    fault: "a cursor counts instead of knowing its place",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        override async page(...args: Parameters<ReferenceRegistry["page"]>) {
          const [filter, { order, limit = 100, cursor = "0" } = {}] = args;
          const all = await this.list(filter, { order });
          const end = Number(cursor) + limit;
          const servers = Object.freeze(all.slice(Number(cursor), end));
          return Object.freeze({ servers, ...(end < all.length && { cursor: String(end) }) });
        }
      })(settings),
    noticedBy: [
      'changes between the pages by "oldest" neither repeat nor lose a server that keeps its place',
      "page() refuses a cursor of another order",
    ],
  },
  {
    fault: "a server never expires",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        protected override catchUp(): void {
          for (const kept of this.servers.values()) kept.aliveUntilMs = Number.POSITIVE_INFINITY;
        }
      })(settings),
    noticedBy: ["claims and lists lose an expired server by themselves"],
  },
  {
    fault: "heartbeat() makes up a TTL",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        override async heartbeat(id: string) {
          return super.heartbeat(id, { ttlMs: 60_000 });
        }
      })(settings),
    noticedBy: ["a server without a TTL never expires", "heartbeat() says when the server expires"],
  },
  {
    fault: "a drain doesn't wait for leases",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        protected override isDrained(server: ServerRecord): boolean {
          const leases = new Map(this.leases);
          this.leases.clear();
          const drained = super.isDrained(server);
          for (const [id, kept] of leases) this.leases.set(id, kept);
          return drained;
        }
      })(settings),
    noticedBy: ["drain() waits for leases to be released or to expire"],
  },
  {
    fault: "a drain is taken back at its deadline",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        override async drain(id: string, options?: DrainOptions) {
          const result = await super.drain(id, options);
          if (result.state === "deadline") await this.undrain(id);
          return result;
        }
      })(settings),
    noticedBy: ["drain() gives up at its deadline, and the server stays marked"],
  },
  {
    fault: "a watch tells changes out of order",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        protected override async *follow(
          from: number,
          signal: AbortSignal | undefined,
        ): AsyncGenerator<RegistryChange> {
          const held: RegistryChange[] = [];
          for await (const change of super.follow(from, signal)) {
            held.unshift(change);
            if (held.length === 2) yield* held.splice(0);
          }
        }
      })(settings),
    noticedBy: [
      "watch() tells each change of the records, in order, each once",
      "watch() goes on after the version of a record",
    ],
  },
  {
    fault: "a watch loses a change",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        told = 0;
        protected override tell(change: RegistryChange): void {
          this.told += 1;
          if (this.told % 4 !== 2) super.tell(change);
        }
      })(settings),
    noticedBy: ["watch() tells each change of the records, in order, each once"],
  },
  {
    fault: "a watch tells claims",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        protected override hold(...args: Parameters<ReferenceRegistry["hold"]>): Lease {
          const { server } = args[0];
          this.tell({ kind: "updated", version: this.nextVersion(), server });
          return super.hold(...args);
        }
      })(settings),
    noticedBy: ["watch() tells confirmed claims, drains and their end, but no claims"],
  },
  {
    fault: "a watch from before the log begins with what is left of it",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        protected override changeAfter(seen: number): RegistryChange | undefined {
          return super.changeAfter(Math.max(seen, this.logBegin));
        }
      })(settings),
    noticedBy: ["a reader that is too far behind gets a resync in place of what it missed"],
  },
  {
    fault: "calls after disposal are answered",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        protected override begin(options: AbortOptions | undefined): void {
          const { disposed } = this;
          this.disposed = false;
          super.begin(options);
          this.disposed = disposed;
        }
      })(settings),
    noticedBy: [
      "get() after disposal rejects with DISPOSED",
      "claimSeats() after disposal rejects with DISPOSED",
    ],
  },
];
