export type { RateLimit } from "./rate-limit.js";
export type { RelayCounters } from "./relay-counters.js";
export type { ListenOptions, RelayOptions } from "./relay-options.js";
export { type Relay, startRelay } from "./start-relay.js";
export type { DroppedToBackend, DroppedToPlayer, PacketCounters } from "./udp/packet-tally.js";
