import type { Server } from "@potassium/core-types";
import type { Containers, OwnContainer } from "../container/containers.js";
import { plainName } from "../container/engine-container.js";
import { DockerError } from "../docker-error.js";
import type { Connection } from "../engine/connection.js";
import { containerPath } from "../engine/engine-request.js";
import { readLogs } from "../log/read-logs.js";
import { startProblem } from "./start-problem.js";
import { waitForReadiness } from "./wait-for-readiness.js";

/** Starts a stopped container again, and waits until it is ready. */
export async function restartServer(
  connection: Connection,
  containers: Containers,
  { inspected, wanted }: OwnContainer,
  signal: AbortSignal,
): Promise<Server> {
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
  await waitForReadiness(
    { connection, containers, id, name, wanted, since, skip },
    wanted.readiness,
    signal,
  );
  return containers.server(id, [], signal);
}
