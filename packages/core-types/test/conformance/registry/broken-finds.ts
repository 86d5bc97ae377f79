import type {
  FindOptions,
  ListFilter,
  ListOptions,
  ReadyMatch,
  RegisterOptions,
  ServerInput,
  ServerRecord,
} from "../../../src/index.js";
import type { BrokenRegistry } from "./broken-registry.js";
import { ReferenceRegistry } from "./reference-registry.js";

/** Registries whose lists and finds are wrong. */
export const brokenFinds: readonly BrokenRegistry[] = [
  {
    fault: "list() leaves out the filter",
    create: () =>
      new (class extends ReferenceRegistry {
        protected override fits(): boolean {
          return true;
        }
      })(),
    noticedBy: [
      "list() filters by type",
      "list() agrees with a naive filter for every combination of filters",
    ],
  },
  {
    fault: "list() takes hasReadyMatch: false as left out",
    create: () =>
      new (class extends ReferenceRegistry {
        protected override fits(server: ServerRecord, filter: ListFilter): boolean {
          const { hasReadyMatch, ...rest } = filter;
          return super.fits(server, hasReadyMatch === true ? filter : rest);
        }
      })(),
    noticedBy: ["list() filters by a ready match"],
  },
  {
    fault: "list() counts a full server as one with room",
    create: () =>
      new (class extends ReferenceRegistry {
        protected override fits(server: ServerRecord, filter: ListFilter): boolean {
          return super.fits({ ...server, maxPlayers: server.maxPlayers + 1 }, filter);
        }
      })(),
    noticedBy: ["list() filters by room for a player"],
  },
  {
    fault: "list() sorts by id",
    create: () =>
      new (class extends ReferenceRegistry {
        override async list(filter?: ListFilter, options?: ListOptions) {
          const servers = [...(await super.list(filter, options))];
          return Object.freeze(servers.sort((a, b) => (a.id < b.id ? -1 : 1)));
        }
      })(),
    noticedBy: ["list() is in the order of registration"],
  },
  {
    fault: "a server that is registered again goes to the end",
    create: () =>
      new (class extends ReferenceRegistry {
        override async register(server: ServerInput, options?: RegisterOptions) {
          const before = this.servers.get(server.id);
          this.servers.delete(server.id);
          try {
            return await super.register(server, options);
          } catch (error) {
            if (before !== undefined) this.servers.set(server.id, before);
            throw error;
          }
        }
      })(),
    noticedBy: ["a server that is registered again keeps its place"],
  },
  {
    fault: "findReadyMatch() takes lobbies too",
    create: () =>
      new (class extends ReferenceRegistry {
        override async findReadyMatch(
          mode: string,
          options?: FindOptions,
        ): Promise<ReadyMatch | undefined> {
          const found = await super.findReadyMatch(mode, options);
          const [server] = await this.list({ mode, hasReadyMatch: true });
          if (found !== undefined || server === undefined) return found;
          const [matchId = "", match] = Object.entries(server.matches)[0] ?? [];
          return match && Object.freeze({ server, matchId, match });
        }
      })(),
    noticedBy: ["findReadyMatch() takes game servers only"],
  },
];
