import { infoOf } from "../../../src/conformance/registry/info-of.js";
import {
  type AbortOptions,
  type RegisterOptions,
  ServerInfo,
  type ServerInput,
  type ServerRecord,
} from "../../../src/index.js";
import type { BrokenRegistry } from "./broken-registry.js";
import { invalid } from "./reference-arguments.js";
import { ReferenceRegistry } from "./reference-registry.js";

/** Registries that are careless with records, ids, signals and errors. */
export const brokenRecords: readonly BrokenRegistry[] = [
  {
    fault: "register() keeps the old matches",
    create: () =>
      new (class extends ReferenceRegistry {
        override async register(server: ServerInput, options?: RegisterOptions) {
          return super.register(server, { matches: "keep", ...options });
        }
      })(),
    noticedBy: ["register() replaces a server with the same id, its matches included"],
  },
  {
    fault: "records are handed out unfrozen",
    create: () =>
      new (class extends ReferenceRegistry {
        protected override keep(server: ServerInfo): ServerRecord {
          const record = structuredClone(super.keep(server));
          const kept = this.servers.get(server.id);
          if (kept !== undefined) kept.record = record;
          return record;
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
        protected override keep(server: ServerInfo): ServerRecord {
          return super.keep(Object.freeze({ ...server, metadata: { ...server.metadata } }));
        }
      })(),
    noticedBy: ["everything that is handed out is frozen, through and through"],
  },
  {
    fault: "register() keeps the caller's own metadata",
    create: () =>
      new (class extends ReferenceRegistry {
        override async register(server: ServerInput, options?: RegisterOptions) {
          const record = await super.register(server, options);
          const { metadata } = server;
          return metadata === undefined
            ? record
            : this.keep(Object.freeze({ ...infoOf(record), metadata }));
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
        override async register(server: ServerInput, options?: RegisterOptions) {
          return super.register({ ...server, id: server.id.normalize("NFC") }, options);
        }
      })(),
    noticedBy: ["ids that look alike are different servers"],
  },
  {
    fault: "the signal is not looked at",
    create: () =>
      new (class extends ReferenceRegistry {
        protected override begin(): void {
          super.begin(undefined);
        }
      })(),
    noticedBy: [
      "list() with an aborted signal rejects with its reason and changes nothing",
      "unregister() with an aborted signal rejects with its reason and changes nothing",
      "findLobby() with an aborted signal rejects with its reason and changes nothing",
      "claimSeats() with an aborted signal rejects with its reason and changes nothing",
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
        override async register(server: ServerInput, options?: RegisterOptions) {
          if (!ServerInfo.safeParse(server).success) throw invalid("bad server", "");
          return super.register(server, options);
        }
      })(),
    noticedBy: ["register() refuses port: 65536", "register() refuses a server without host"],
  },
];
