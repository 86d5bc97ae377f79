import type { Server } from "@potassium/core-types";
import { forgetFlows } from "../conntrack/forget-flows.js";
import { type OwnContainer, requirePresent } from "../container/containers.js";
import { plainName } from "../container/engine-container.js";
import { inspectedServer } from "../container/to-server.js";
import { DockerError } from "../docker-error.js";
import { containerPath } from "../engine/engine-request.js";
import { readLogs } from "../log/read-logs.js";
import type { Lifecycle } from "../stop/lifecycle.js";
import { stopContainer } from "../stop/stop-container.js";
import { startProblem } from "./start-problem.js";
import { waitForReadiness } from "./wait-for-readiness.js";

/**
 * Stops a server by its policy where it runs, starts it again, and waits until it is ready.
 *
 * @throws {DockerError} `NOT_FOUND`, `PORT_IN_USE`
 */
export function restart(lifecycle: Lifecycle, id: string, signal: AbortSignal): Promise<Server> {
  const { connection, containers, turns, events } = lifecycle;
  return turns.run(
    containers,
    id,
    async (found) => {
      const present = requirePresent(found, id);
      await events.whenReading(signal);
      if (present.inspected.State.Running) {
        events.tellStopping(present.inspected.Id);
        await stopContainer(connection, containers, present, signal);
      }
      const starts = events.startsOf(present.inspected.Id);
      const server = await startAgain(lifecycle, present, signal);
      const told = events.tellReady(server.id, starts);
      if (present.wanted.readiness !== undefined) await told;
      return server;
    },
    signal,
  );
}

async function startAgain(
  lifecycle: Lifecycle,
  { inspected, wanted }: OwnContainer,
  signal: AbortSignal,
): Promise<Server> {
  const { connection, containers } = lifecycle;
  const id = inspected.Id;
  const name = plainName(inspected.Name);
  // Lines of the start before, in the same second, must not count for this one.
  const earlier = await readLogs(connection, id, { signal });
  const last = earlier.at(-1)?.time;
  const since = last === undefined ? undefined : `${last.slice(0, 19)}Z`;
  const skip =
    since === undefined ? 0 : earlier.filter(({ time }) => time >= since.slice(0, 19)).length;
  try {
    await connection.client.plain({ method: "POST", path: containerPath(id, "/start") });
  } catch (error) {
    const problem = startProblem(error, { name, image: inspected.Config.Image, ip: wanted.ip });
    if (problem.type === "other") throw problem.error;
    throw new DockerError(
      "PORT_IN_USE",
      `a host port of server ${name} was taken while it was stopped`,
      { cause: error },
    );
  }
  const warnings = await forgetFlows(lifecycle, wanted.ports);
  const started = { connection, containers, id, name, wanted, since, skip };
  const seen = await waitForReadiness(started, wanted.readiness, signal);
  const found = seen ?? (await containers.require(id, signal));
  return inspectedServer(found.inspected, found.wanted, warnings);
}
