import { formatHostPort } from "../net/host-port.js";
import type { Provider } from "../provider/provider.js";
import type { Server } from "../provider/server.js";
import type { ServerInfo } from "../registry/server-info.js";
import type { ServerRegistry } from "../registry/server-registry.js";
import type { RelayRoutes } from "../relay/relay-routes.js";
import type { Route } from "../relay/route.js";
import type { AbortOptions } from "../wait/abort-options.js";

/** What is compared with the servers that there are, and which differences are mended. */
export interface ReconcileOptions extends AbortOptions {
  readonly registry: ServerRegistry;
  readonly routes?: RelayRoutes | undefined;
  /** The records of the registry that are this provider's servers. @default all */
  readonly owns?: ((record: ServerInfo) => boolean) | undefined;
  /** Servers that nobody registered are removed. @default false */
  readonly removeUnregistered?: boolean | undefined;
  /** Records whose server does not run are unregistered. @default false */
  readonly unregisterVanished?: boolean | undefined;
  /** Routes that lead to no registered, running server are deleted. @default false */
  readonly deleteStrayRoutes?: boolean | undefined;
}

/** The differences that were found. A record belongs to the server whose name is its id. */
export interface ReconcileReport {
  /** Servers that run or are stopped and that no record names. */
  readonly unregistered: readonly Server[];
  /** Records whose server is gone or does not run. */
  readonly vanished: readonly ServerInfo[];
  /** Routes whose backend is no registered, running server. */
  readonly strayRoutes: readonly Route[];
}

/**
 * Compares what a provider has with what a registry and a relay's routes say, and mends what it is told to
 * mend. Servers that are starting are left alone: they have not had the time to register.
 */
export async function reconcile(
  provider: Provider,
  options: ReconcileOptions,
): Promise<ReconcileReport> {
  const { registry, routes, owns = () => true, signal } = options;
  // The records first: a server that registers meanwhile is then not taken for a vanished one.
  const records = (await registry.list({}, { signal })).filter(owns);
  const table = (await routes?.listRoutes({ signal })) ?? {};
  const servers = await provider.list({}, { signal });
  const present = new Map(servers.map((server) => [server.name, server]));
  const registered = new Set(records.map(({ id }) => id));
  const runs = ({ id }: ServerInfo) => {
    const state = present.get(id)?.status.state;
    return state === "running" || state === "starting" || state === "paused";
  };
  const settled = ({ status }: Server) => status.state !== "created" && status.state !== "starting";
  const backends = new Set(records.filter(runs).map(formatHostPort));
  const report = {
    unregistered: servers.filter((server) => settled(server) && !registered.has(server.name)),
    vanished: records.filter((record) => !runs(record)),
    strayRoutes: Object.entries(table)
      .filter(([, backend]) => !backends.has(backend))
      .map(([playerIp, backend]) => ({ playerIp, backend })),
  };
  await mend(provider, options, report);
  return Object.freeze(report);
}

async function mend(
  provider: Provider,
  options: ReconcileOptions,
  report: ReconcileReport,
): Promise<void> {
  const { registry, routes, signal } = options;
  // Players first, then the records that would send them there, then the servers.
  if (options.deleteStrayRoutes) {
    for (const { playerIp } of report.strayRoutes) await routes?.deleteRoute(playerIp, { signal });
  }
  if (options.unregisterVanished) {
    for (const { id } of report.vanished) await registry.unregister(id, { signal });
  }
  if (options.removeUnregistered) {
    for (const { id } of report.unregistered) await provider.deallocate(id, { signal });
  }
}
