import {
  type AbortOptions,
  delay,
  formatHostPort,
  type HostPort,
  type Readiness,
} from "@potassium/core-types";
import {
  findPort,
  type PortReference,
  startFailed,
  waitUntilReady,
} from "@potassium/core-types/provider-kit";
import type { Containers } from "../container/containers.js";
import type { Wanted } from "../container/wanted.js";
import { DockerError } from "../docker-error.js";
import { type Connection, publishedHost } from "../engine/connection.js";
import { exec } from "../exec/exec.js";
import { followLogs } from "../log/follow-logs.js";
import { readLogs } from "../log/read-logs.js";

export interface StartedContainer {
  readonly connection: Connection;
  readonly containers: Containers;
  readonly id: string;
  readonly name: string;
  readonly wanted: Wanted;
  /** Output before this moment is an earlier start's, */
  readonly since?: string | undefined;
  /** and so are so many lines from it on. */
  readonly skip?: number | undefined;
}

/**
 * Waits until a container that was started counts as ready.
 *
 * @throws {ProviderError} `NOT_READY`, `START_FAILED`
 */
export async function waitForReadiness(
  started: StartedContainer,
  readiness: Readiness = { type: "running" },
  signal?: AbortSignal,
): Promise<void> {
  const { connection, id, name, since, skip } = started;
  if (readiness.type === "running") {
    const end = await endOf(started, signal);
    if (end !== undefined) throw startFailed(name, end.exitCode, await lastLines(started));
    return;
  }
  await waitUntilReady(
    readiness,
    {
      name,
      address: (reference) => addressOf(started, reference),
      logLines: (options) => followLogs(connection, id, { ...options, since, skip }),
      exec: (command, options) => exec(connection, id, command, options),
      ended: (options) => waitForEnd(started, options),
      lastLines: () => lastLines(started),
    },
    { signal },
  );
}

/** How the container has ended, or `undefined` while it runs or will be started again. */
async function endOf({ containers, id }: StartedContainer, signal?: AbortSignal) {
  const found = await containers.find(id, signal);
  if (found === undefined)
    throw new DockerError("NOT_FOUND", "the container was removed while it started");
  const { State } = found.inspected;
  const over = State.Status === "exited" || State.Status === "dead" || State.Status === "stopped";
  return over && !State.Restarting ? { exitCode: State.ExitCode } : undefined;
}

async function waitForEnd(started: StartedContainer, options: AbortOptions) {
  for (;;) {
    const end = await endOf(started, options.signal);
    if (end !== undefined) return end;
    await delay(200, options);
  }
}

function lastLines({ connection, id, since }: StartedContainer) {
  return readLogs(connection, id, { tail: 10, since });
}

async function addressOf(
  { connection, containers, id, wanted }: StartedContainer,
  reference: PortReference,
): Promise<HostPort> {
  const port = findPort(wanted.ports, reference);
  if (port === undefined) {
    throw new DockerError(
      "INVALID_ARGUMENT",
      `the server has no ${reference.protocol} port ${reference.port ?? ""}`,
    );
  }
  if (port.host !== undefined) return { host: publishedHost(connection), port: port.host };
  const { ip } = await containers.server(id);
  if (ip === undefined) {
    throw new DockerError(
      "NOT_SUPPORTED",
      `port ${formatHostPort({ host: id, port: port.container })} can't be reached from here`,
    );
  }
  return { host: ip, port: port.container };
}
