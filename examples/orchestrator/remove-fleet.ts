import type { Fleet } from "./fleet.js";

/** Removes all: players first, then the records that would send them there, then the servers. */
export async function removeFleet({ provider, registry, routes }: Fleet): Promise<void> {
  for (const player of Object.keys(await routes.listRoutes())) await routes.deleteRoute(player);
  for (const { id } of await registry.list()) await registry.unregister(id);
  await Promise.all((await provider.list()).map(({ id }) => provider.deallocate(id)));
}
