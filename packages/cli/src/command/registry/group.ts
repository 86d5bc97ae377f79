import type { Group } from "../verb.js";
import { listRecords } from "./list-records.js";
import { watchRegistry } from "./watch-registry.js";

export const registryGroup: Group = {
  name: "registry",
  summary: "Look into the registry of lobbies and game servers on Redis",
  verbs: [listRecords, watchRegistry],
};
