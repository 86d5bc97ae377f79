import { parseOptions } from "../error/parse-options.js";
import { hasErrorCode, PotassiumError } from "../error/potassium-error.js";
import { formatHostPort } from "../net/host-port.js";
import type { Provider } from "../provider/provider.js";
import type { Server } from "../provider/server.js";
import type { ServerRecord } from "../registry/server-record.js";
import type { ServerRegistry } from "../registry/server-registry.js";
import type { RelayRoutes } from "../relay/relay-routes.js";
import type { Route } from "../relay/route.js";
import type { AbortOptions } from "../wait/abort-options.js";

/** What is compared with the servers that there are, and which differences are mended. */
export interface ReconcileOptions extends AbortOptions {
  readonly registry: Pick<ServerRegistry, "list" | "unregister">;
  readonly routes?: Pick<RelayRoutes, "listRoutes" | "deleteRoute"> | undefined;
  /** The records of the registry that are this provider's servers. @default all */
  readonly owns?: ((record: ServerRecord) => boolean) | undefined;
  /** Servers that nobody registered are removed. @default false */
  readonly removeUnregistered?: boolean | undefined;
  /** Records whose server does not run are unregistered. @default false */
  readonly unregisterVanished?: boolean | undefined;
  /** Routes that lead to no registered, running server are deleted. @default false */
  readonly deleteStrayRoutes?: boolean | undefined;
  /** Servers that were made and never started are removed. @default false */
  readonly removeAbandoned?: boolean | undefined;
  /**
   * How old a server must be that was made and not started, to count as abandoned: longer than a start takes, and
   * than the clocks of the processes that allocate differ. 0 is for when nobody allocates. @default 600_000
   */
  readonly abandonedAfterMs?: number | undefined;
}

/** The differences that were found. A record belongs to the server whose name is its id. */
export interface ReconcileReport {
  /** Servers that run or are stopped and that no record names. */
  readonly unregistered: readonly Server[];
  /** Records whose server is gone or does not run. */
  readonly vanished: readonly ServerRecord[];
  /** Routes whose backend is no registered, running server. */
  readonly strayRoutes: readonly Route[];
  /** Servers that were made long ago and never started: whoever allocated them died before that. */
  readonly abandoned: readonly Server[];
}

/** What of a provider is needed. */
export type ReconciledProvider = Pick<Provider, "list" | "get" | "deallocate">;

const tenMinutes = 600_000;

/**
 * Compares what a provider has with what a registry and a relay's routes say, and mends what it is told to
 * mend. Servers that are starting are left alone: they have not had the time to register.
 *
 * @throws {PotassiumError} `INVALID_ARGUMENT`
 */
export async function reconcile(
  provider: ReconciledProvider,
  options: ReconcileOptions,
): Promise<ReconcileReport> {
  checkReconcileOptions(options);
  const { registry, routes, owns = () => true, signal } = options;
  const isAbandoned = abandonedBefore(Date.now() - abandonedAfterMs(options));
  // The records first: a server that registers meanwhile is then not taken for a vanished one.
  const records = (await registry.list({}, { signal })).filter(owns);
  const table = (await routes?.listRoutes({ signal })) ?? {};
  const servers = await provider.list({}, { signal });
  const present = new Map(servers.map((server) => [server.name, server]));
  const registered = new Set(records.map(({ id }) => id));
  const runs = ({ id }: ServerRecord) => {
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
    abandoned: servers.filter(isAbandoned),
  };
  await mend(provider, options, report);
  return Object.freeze(report);
}

const optionNames = [
  "registry",
  "routes",
  "owns",
  "removeUnregistered",
  "unregisterVanished",
  "deleteStrayRoutes",
  "removeAbandoned",
  "abandonedAfterMs",
  "signal",
];

/** @throws {PotassiumError} `INVALID_ARGUMENT` with the `field` at fault */
export function checkReconcileOptions(options: ReconcileOptions | undefined): void {
  const refuse = (field: string, problem: string) =>
    new PotassiumError("INVALID_ARGUMENT", `invalid reconcile options: ${field}: ${problem}`, {
      field,
    });
  parseOptions(options, optionNames, undefined, "reconcile options");
  const can = (value: unknown, ...calls: readonly string[]) =>
    calls.every((call) => typeof (value as Record<string, unknown>)?.[call] === "function");
  if (!can(options?.registry, "list", "unregister"))
    throw refuse("registry", "must be a registry of servers");
  if (options?.routes !== undefined && !can(options.routes, "listRoutes", "deleteRoute"))
    throw refuse("routes", "must be a relay's routes");
  if (options?.owns !== undefined && typeof options.owns !== "function")
    throw refuse("owns", "must be a function");
}

function abandonedAfterMs({ abandonedAfterMs: ms = tenMinutes }: ReconcileOptions): number {
  if (ms >= 0) return ms;
  throw new PotassiumError(
    "INVALID_ARGUMENT",
    `abandonedAfterMs: must be 0 or more milliseconds, not ${ms}`,
    { field: "abandonedAfterMs" },
  );
}

const abandonedBefore = (moment: number) => (server: Server) =>
  server.status.state === "created" && Date.parse(server.createdAt) <= moment;

async function mend(
  provider: ReconciledProvider,
  options: ReconcileOptions,
  report: ReconcileReport,
): Promise<void> {
  const { registry, routes, signal } = options;
  // Players first, then the records that would send them there, then the servers.
  if (options.deleteStrayRoutes) {
    for (const { playerIp } of report.strayRoutes) await routes?.deleteRoute(playerIp, { signal });
  }
  if (options.unregisterVanished) {
    for (const record of report.vanished) await unregisterUnchanged(registry, record, signal);
  }
  if (options.removeUnregistered) {
    for (const { id } of report.unregistered) await provider.deallocate(id, { signal });
  }
  if (options.removeAbandoned) {
    for (const { id } of report.abandoned) {
      // Somebody may have started it since the list was made.
      const present = await provider.get(id, { signal });
      if (present?.status.state === "created") await provider.deallocate(id, { signal });
    }
  }
}

/** A server that has registered again since the look is left in the registry. */
async function unregisterUnchanged(
  registry: ReconcileOptions["registry"],
  { id, version }: ServerRecord,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await registry.unregister(id, { ifVersion: version, signal });
  } catch (error) {
    if (!hasErrorCode(error, "CONFLICT")) throw error;
  }
}
