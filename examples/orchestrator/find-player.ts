import { type AbortOptions, formatHostPort, type ServerRecord } from "@potassium/core-types";
import type { Fleet } from "./fleet.js";

/** Where a player's packets go. */
export interface Whereabouts {
  readonly backend: string;
  /** Left out where no registered server is there. */
  readonly server?: ServerRecord | undefined;
}

/** The relay knows where a player is, and the registry what is there. */
export async function findPlayer(
  { routes, registry }: Pick<Fleet, "routes" | "registry">,
  player: string,
  options: AbortOptions = {},
): Promise<Whereabouts | undefined> {
  const backend = (await routes.listRoutes(options))[player];
  if (backend === undefined) return undefined;
  const servers = await registry.list({}, options);
  return { backend, server: servers.find((server) => formatHostPort(server) === backend) };
}
