import type { RegistryChange } from "../../registry/registry-change.js";
import type { ServerRegistry } from "../../registry/server-registry.js";
import type { AbortOptions } from "../../wait/abort-options.js";
import { busyMatch, fullServer, lobbyServer } from "./sample-server.js";

export type RegistryCall = (
  registry: ServerRegistry,
  options: AbortOptions,
  leaseId: string,
) => unknown;

/** Every method, called for `fullServer` and a held lease in a way that ends by itself. */
export const everyCall: Readonly<Record<Exclude<keyof ServerRegistry, symbol>, RegistryCall>> = {
  register: (registry, options) => registry.register(lobbyServer("new"), options),
  unregister: (registry, options) => registry.unregister(fullServer.id, options),
  get: (registry, options) => registry.get(fullServer.id, options),
  list: (registry, options) => registry.list({}, options),
  page: (registry, options) => registry.page({}, options),
  update: (registry, options) => registry.update(fullServer.id, { players: 1 }, options),
  updateMatch: (registry, options) => registry.updateMatch(fullServer.id, "m1", busyMatch, options),
  removeMatch: (registry, options) => registry.removeMatch(fullServer.id, "m1", options),
  findLobby: (registry, options) => registry.findLobby(options),
  findReadyMatch: (registry, options) => registry.findReadyMatch("skywars", options),
  claimSeats: (registry, options) => registry.claimSeats({ mode: "skywars" }, options),
  claimLobby: (registry, options) => registry.claimLobby({}, options),
  confirm: (registry, options, leaseId) => registry.confirm(leaseId, options),
  extend: (registry, options, leaseId) => registry.extend(leaseId, 60_000, options),
  release: (registry, options, leaseId) => registry.release(leaseId, options),
  getLease: (registry, options, leaseId) => registry.getLease(leaseId, options),
  listLeases: (registry, options) => registry.listLeases(fullServer.id, options),
  heartbeat: (registry, options) => registry.heartbeat(fullServer.id, options),
  drain: (registry, options) => registry.drain(fullServer.id, { deadlineMs: 0, ...options }),
  undrain: (registry, options) => registry.undrain(fullServer.id, options),
  watch: (registry, options) => firstChange(() => registry.watch({ from: 0, ...options })),
};

/** The first thing that a watch tells; the watch is left then. */
async function firstChange(
  watch: () => AsyncIterable<RegistryChange>,
): Promise<RegistryChange | undefined> {
  for await (const change of watch()) return change;
  return undefined;
}
