import type { Containers } from "./container/containers.js";
import type { Connection } from "./engine/connection.js";

/** What a call works with once the engine is reached. */
export interface Reached {
  readonly connection: Connection;
  readonly containers: Containers;
}
