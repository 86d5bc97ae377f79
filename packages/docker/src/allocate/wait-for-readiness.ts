import {
  type AbortOptions,
  delay,
  formatHostPort,
  type HostPort,
  type LogLine,
  type Readiness,
} from "@potassium/core-types";
import {
  findPort,
  type PortReference,
  startFailed,
  waitUntilReady,
} from "@potassium/core-types/provider-kit";
import type { Containers, OwnContainer } from "../container/containers.js";
import type { Wanted } from "../container/wanted.js";
import { DockerError } from "../docker-error.js";
import { type Connection, publishedHost } from "../engine/connection.js";
import { exec } from "../exec/exec.js";
import { followLogs } from "../log/follow-logs.js";
import { readLogs } from "../log/read-logs.js";
import { programOf, saysNotRun, whenProgramRuns } from "./init-process.js";

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
 * @returns the container as it is now, where that is known already
 * @throws {ProviderError} `NOT_READY`, `START_FAILED`
 */
export async function waitForReadiness(
  started: StartedContainer,
  readiness: Readiness = { type: "running" },
  signal?: AbortSignal,
): Promise<OwnContainer | undefined> {
  const { connection, id, name, since, skip } = started;
  if (readiness.type === "running") return waitUntilRunning(started, { signal });
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
  return undefined;
}

/** How long an engine may take to notice that a container's init process has ended. */
const noticeMs = 500;

/** Runs: the engine says so, and the program has taken its place behind the init process. */
async function waitUntilRunning(
  started: StartedContainer,
  options: AbortOptions,
): Promise<OwnContainer | undefined> {
  const { connection, name } = started;
  const found = await look(started, options.signal);
  const end = endOf(found);
  if (end !== undefined) throw await endedAtOnce(started, found, end.exitCode);
  if (await whenProgramRuns(connection, found.inspected, options)) return found;
  const deadline = performance.now() + noticeMs;
  do {
    const now = await look(started, options.signal);
    const over = endOf(now);
    if (over !== undefined) throw await endedAtOnce(started, now, over.exitCode);
    // A restart policy would start it again and again.
    const lines = await lastLines(started);
    if (lines.some(({ text }) => saysNotRun(text))) throw notRun(name, now, lines);
    await delay(20, options);
  } while (performance.now() < deadline);
  return undefined;
}

async function endedAtOnce(started: StartedContainer, found: OwnContainer, exitCode: number) {
  const lines = await lastWords(started);
  const neverRan = lines.some(({ text }) => saysNotRun(text));
  return neverRan ? notRun(started.name, found, lines) : startFailed(started.name, exitCode, lines);
}

/** The last lines, for which Podman's end of a container does not wait. */
async function lastWords(started: StartedContainer): Promise<readonly LogLine[]> {
  const deadline = performance.now() + noticeMs;
  for (;;) {
    const lines = await lastLines(started);
    const saysAny = lines.some(({ text }) => text.trim() !== "");
    if (saysAny || performance.now() > deadline) return lines;
    await delay(20);
  }
}

function notRun(name: string, { inspected }: OwnContainer, lines: readonly LogLine[]): DockerError {
  const program = JSON.stringify(programOf(inspected));
  const words = lines.at(-1)?.text ?? "";
  return new DockerError(
    "START_FAILED",
    `server ${JSON.stringify(name)} could not be started: its program ${program} could not be run: ${words}`,
  );
}

async function look({ containers, id }: StartedContainer, signal?: AbortSignal) {
  const found = await containers.find(id, signal);
  if (found !== undefined) return found;
  throw new DockerError("NOT_FOUND", "the container was removed while it started");
}

/** How the container has ended, or `undefined` while it runs or will be started again. */
function endOf({ inspected: { State } }: OwnContainer) {
  const over = State.Status === "exited" || State.Status === "dead" || State.Status === "stopped";
  return over && !State.Restarting ? { exitCode: State.ExitCode } : undefined;
}

async function waitForEnd(started: StartedContainer, options: AbortOptions) {
  for (;;) {
    const end = endOf(await look(started, options.signal));
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
