import type { ServerRecord } from "./server-record.js";

/** What `watch` tells. Frozen. */
export type RegistryChange =
  | {
      /** `updated` is every change of a record: fields, matches, confirmed claims, its availability. */
      readonly kind: "registered" | "updated";
      /** The record's version, from which a watch can go on. */
      readonly version: number;
      readonly server: ServerRecord;
    }
  | {
      readonly kind: "removed";
      readonly version: number;
      readonly id: string;
      readonly reason: "unregistered" | "expired";
    }
  | {
      /** Changes have been missed: these are all the servers, at this version. Forget the others. */
      readonly kind: "resync";
      readonly version: number;
      readonly servers: readonly ServerRecord[];
    };
