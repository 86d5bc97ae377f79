import type { EventHub } from "../event/event-hub.js";
import type { LogFollowers } from "../log/log-followers.js";
import type { Reached } from "../reached.js";
import type { ServerTurns } from "./server-turns.js";

/** What a call needs of the provider that stops, starts or removes a server. */
export interface Lifecycle extends Reached {
  readonly turns: ServerTurns;
  readonly events: EventHub;
  readonly followers: LogFollowers;
  readonly hostAddress: string;
  readonly conntrack: "auto" | "off";
}
