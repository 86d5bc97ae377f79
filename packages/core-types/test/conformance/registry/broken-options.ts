import {
  type AbortOptions,
  type ListFilter,
  type LobbyRequest,
  type PageOptions,
  RegistryError,
} from "../../../src/index.js";
import type { BrokenRegistry } from "./broken-registry.js";
import { invalid } from "./reference-arguments.js";
import { ReferenceRegistry } from "./reference-registry.js";

/** Registries that pass over what is wrong with options, and over what a cursor or key belongs to. */
export const brokenOptions: readonly BrokenRegistry[] = [
  {
    fault: "unknown options are passed over",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        protected override begin(options: AbortOptions | undefined): void {
          super.begin(options && { signal: options.signal });
        }
      })(settings),
    noticedBy: [
      "get() refuses an option that it does not know, and changes nothing",
      "watch() refuses an option that it does not know, and changes nothing",
      "register() refuses the option ttl, and changes nothing",
      "update() refuses the option ifversion, and changes nothing",
      "claimSeats() refuses the option ttlMs, and changes nothing",
    ],
  },
  {
    fault: "any signal is taken",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        protected override begin(
          options: AbortOptions | undefined,
          ...names: readonly string[]
        ): void {
          const isSignal = options?.signal instanceof AbortSignal;
          const { signal, ...rest } = options ?? {};
          super.begin(isSignal ? options : rest, ...names);
        }
      })(settings),
    noticedBy: [
      "get() refuses a signal that is none, and changes nothing",
      "drain() refuses a signal that is none, and changes nothing",
    ],
  },
  {
    fault: "options that are no object are taken for none",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        protected override begin(
          options: AbortOptions | undefined,
          ...names: readonly string[]
        ): void {
          super.begin(
            typeof options === "object" && options !== null ? options : undefined,
            ...names,
          );
        }
      })(settings),
    noticedBy: ["options that are no object are refused, and change nothing"],
  },
  {
    fault: "a cursor is taken for any filter",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        protected override isOfList(...[cursor, list]: Parameters<ReferenceRegistry["isOfList"]>) {
          return super.isOfList({ ...cursor, filter: list.filter }, list);
        }
      })(settings),
    noticedBy: ["page() refuses a cursor of another filter"],
  },
  {
    fault: "a cursor belongs to the words of its filter",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        words = "";
        override async page(filter: ListFilter = {}, options?: PageOptions) {
          const words = JSON.stringify(filter);
          if (options?.cursor !== undefined && words !== this.words) {
            throw invalid("the cursor is of another list", "cursor");
          }
          this.words = words;
          return super.page(filter, options);
        }
      })(settings),
    noticedBy: ["a cursor is taken with the same filter, its fields in another order"],
  },
  {
    fault: "the order of a party belongs to its key",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        protected override compared(of: "match" | "lobby", request: LobbyRequest): unknown {
          return [of, request];
        }
      })(settings),
    noticedBy: ["the order of the party is no other request"],
  },
  {
    fault: "conflicts name no field",
    create: (settings) =>
      new (class extends ReferenceRegistry {
        protected override checkVersion(
          ...[server, ifVersion]: Parameters<ReferenceRegistry["checkVersion"]>
        ) {
          if (ifVersion !== undefined && ifVersion !== server.version) {
            throw new RegistryError("CONFLICT", "another version");
          }
        }
        protected override leaseOfKey(...args: Parameters<ReferenceRegistry["leaseOfKey"]>) {
          try {
            return super.leaseOfKey(...args);
          } catch {
            throw new RegistryError("CONFLICT", "another request");
          }
        }
      })(settings),
    noticedBy: [
      "a change of another version is CONFLICT and changes nothing",
      "the key of another request is CONFLICT with the field",
    ],
  },
];
