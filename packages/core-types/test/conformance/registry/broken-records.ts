import {
  type AbortOptions,
  type ListFilter,
  ServerInfo,
  type ServerInput,
} from "../../../src/index.js";
import type { BrokenRegistry } from "./broken-registry.js";
import { invalid, ReferenceRegistry } from "./reference-registry.js";

/** Registries that are careless with records, ids, signals and errors. */
export const brokenRecords: readonly BrokenRegistry[] = [
  {
    fault: "register() keeps the old matches",
    create: () =>
      new (class extends ReferenceRegistry {
        override async register(server: ServerInput, options?: AbortOptions) {
          const matches = { ...this.servers.get(server?.id)?.matches, ...server?.matches };
          return super.register(
            typeof server === "object" ? { ...server, matches } : server,
            options,
          );
        }
      })(),
    noticedBy: ["register() replaces a server with the same id, its matches included"],
  },
  {
    fault: "records are handed out unfrozen",
    create: () =>
      new (class extends ReferenceRegistry {
        protected override keep(server: ServerInfo): ServerInfo {
          return super.keep(structuredClone(server));
        }
      })(),
    noticedBy: [
      "everything that is handed out is frozen, through and through",
      "what an update function is given is frozen",
    ],
  },
  {
    fault: "maps inside of records are handed out unfrozen",
    create: () =>
      new (class extends ReferenceRegistry {
        protected override keep(server: ServerInfo): ServerInfo {
          return super.keep(Object.freeze({ ...server, metadata: { ...server.metadata } }));
        }
      })(),
    noticedBy: ["everything that is handed out is frozen, through and through"],
  },
  {
    fault: "register() keeps the caller's own metadata",
    create: () =>
      new (class extends ReferenceRegistry {
        override async register(server: ServerInput, options?: AbortOptions) {
          const record = await super.register(server, options);
          const { metadata } = server;
          return metadata === undefined
            ? record
            : this.keep(Object.freeze({ ...record, metadata }));
        }
      })(),
    noticedBy: ["changing what was given to register() doesn't reach the registry"],
  },
  {
    fault: "ids are cut short",
    create: () =>
      new (class extends ReferenceRegistry {
        protected override parseId(id: string, field: string): string {
          return super.parseId(typeof id === "string" ? id.slice(0, 64) : id, field);
        }
      })(),
    noticedBy: ["an id of 255 characters works", "an id of 256 characters is refused"],
  },
  {
    fault: "ids are made composed Unicode",
    create: () =>
      new (class extends ReferenceRegistry {
        protected override parseId(id: string, field: string): string {
          return super.parseId(typeof id === "string" ? id.normalize("NFC") : id, field);
        }
        protected override keep(server: ServerInfo): ServerInfo {
          const id = server.id.normalize("NFC");
          this.servers.set(id, server);
          return server;
        }
      })(),
    noticedBy: ["ids that look alike are different servers"],
  },
  {
    fault: "the signal is not looked at",
    create: () =>
      new (class extends ReferenceRegistry {
        override async list(filter?: ListFilter) {
          return super.list(filter);
        }
        override async unregister(id: string) {
          return super.unregister(id);
        }
      })(),
    noticedBy: [
      "list() with an aborted signal rejects with its reason and changes nothing",
      "unregister() with an aborted signal rejects with its reason and changes nothing",
      "findLobby() with an aborted signal rejects with its reason and changes nothing",
    ],
  },
  {
    fault: "an abort rejects with an error of its own",
    create: () =>
      new (class extends ReferenceRegistry {
        override async get(id: string, options?: AbortOptions) {
          if (options?.signal?.aborted) throw new Error("aborted");
          return super.get(id);
        }
      })(),
    noticedBy: ["get() with an aborted signal rejects with its reason and changes nothing"],
  },
  {
    fault: "the errors name no field",
    create: () =>
      new (class extends ReferenceRegistry {
        override async register(server: ServerInput, options?: AbortOptions) {
          if (!ServerInfo.safeParse(server).success) throw invalid("bad server", "");
          return super.register(server, options);
        }
      })(),
    noticedBy: ["register() refuses port: 65536", "register() refuses a server without host"],
  },
];
