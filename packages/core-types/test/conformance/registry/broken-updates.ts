import { setImmediate } from "node:timers/promises";
import {
  type MatchInfo,
  type MatchInput,
  type ServerChange,
  ServerInfo,
  type ServerRecord,
  type VersionOptions,
} from "../../../src/index.js";
import type { BrokenRegistry } from "./broken-registry.js";
import { invalid } from "./reference-arguments.js";
import { ReferenceRegistry } from "./reference-registry.js";

/** Registries whose changes go wrong. */
export const brokenUpdates: readonly BrokenRegistry[] = [
  {
    fault: "update() can change the id",
    create: () =>
      new (class extends ReferenceRegistry {
        protected override changed(server: ServerInfo, change: Record<string, unknown>) {
          return super.changed({ ...server, id: String(change["id"] ?? server.id) }, change);
        }
      })(),
    noticedBy: ["update() refuses another id"],
  },
  {
    fault: "update() refuses the whole record",
    create: () =>
      new (class extends ReferenceRegistry {
        protected override changed(server: ServerInfo, change: Record<string, unknown>) {
          if ("id" in change) throw invalid("the id can't change", "id");
          return super.changed(server, change);
        }
      })(),
    noticedBy: ["update() takes the whole record back, its id unchanged"],
  },
  {
    fault: "update() fills in what is left out with defaults",
    create: () =>
      new (class extends ReferenceRegistry {
        protected override changed(
          { id, type, host, port }: ServerInfo,
          change: Record<string, unknown>,
        ) {
          return super.changed(ServerInfo.parse({ id, type, host, port }), change);
        }
      })(),
    noticedBy: ["update() changes what is given and keeps the rest"],
  },
  {
    fault: "update() doesn't check what changes",
    create: () =>
      new (class extends ReferenceRegistry {
        protected override changed(server: ServerInfo, change: Record<string, unknown>) {
          return Object.freeze({ ...server, ...change });
        }
      })(),
    noticedBy: [
      "update() refuses port: 0",
      "update() refuses what a function gives as it refuses an object",
    ],
  },
  {
    fault: "update() adds a server that isn't there",
    create: () =>
      new (class extends ReferenceRegistry {
        protected override known(id: string, field: string): ServerRecord {
          if (!this.servers.has(this.parseId(id, field))) {
            void this.register({ id, type: "game", host: "10.0.0.1", port: 1 });
          }
          return super.known(id, field);
        }
      })(),
    noticedBy: [
      "update() rejects with NOT_FOUND for an unknown id and adds nothing",
      "updateMatch() and removeMatch() reject with NOT_FOUND for an unknown server",
    ],
  },
  {
    fault: "update() swallows what its function throws",
    create: () =>
      new (class extends ReferenceRegistry {
        override async update(
          id: string,
          change: ServerChange | ((server: ServerRecord) => ServerChange),
          options?: VersionOptions,
        ) {
          if (typeof change !== "function") return super.update(id, change, options);
          return super.update(
            id,
            (server) => {
              try {
                return change(server);
              } catch {
                return {};
              }
            },
            options,
          );
        }
      })(),
    noticedBy: ["update() passes on what its function throws and changes nothing"],
  },
  {
    fault: "update() loses changes that are made meanwhile",
    create: () =>
      new (class extends ReferenceRegistry {
        override async update(
          id: string,
          change: ServerChange | ((server: ServerRecord) => ServerChange),
          options?: VersionOptions,
        ) {
          options?.signal?.throwIfAborted();
          const before = this.known(id, "id");
          const given = typeof change === "function" ? change(before) : change;
          await setImmediate();
          return super.update(id, given, options);
        }
      })(),
    noticedBy: ["a hundred updates by function at once all count"],
  },
  {
    fault: "updateMatch() merges the match",
    create: () =>
      new (class extends ReferenceRegistry {
        override async updateMatch(
          serverId: string,
          matchId: string,
          match: MatchInput | ((match: MatchInfo | undefined) => MatchInput),
          options?: VersionOptions,
        ) {
          return super.updateMatch(
            serverId,
            matchId,
            typeof match === "function"
              ? match
              : (present) => (typeof match === "object" ? { ...present, ...match } : match),
            options,
          );
        }
      })(),
    noticedBy: ["updateMatch() replaces the whole match"],
  },
  {
    fault: "updateMatch() loses the other matches",
    create: () =>
      new (class extends ReferenceRegistry {
        protected override changed(server: ServerInfo, change: Record<string, unknown>) {
          const matches = Object.entries(change["matches"] ?? {}).slice(-1);
          return super.changed(server, {
            ...change,
            ...("matches" in change && { matches: Object.fromEntries(matches) }),
          });
        }
      })(),
    noticedBy: ["updateMatch() adds a match and keeps the others"],
  },
  {
    fault: "unregister() always says that there was a server",
    create: () =>
      new (class extends ReferenceRegistry {
        override async unregister(id: string, options?: VersionOptions) {
          await super.unregister(id, options);
          return true;
        }
      })(),
    noticedBy: [
      "unregister() says whether there was a server and removes it alone",
      "one of many unregister() calls at once says that there was a server",
    ],
  },
];
