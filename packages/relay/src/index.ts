export { RelayClient } from "./client/relay-client.js";
export type { RelayClientOptions } from "./client/relay-client-options.js";
