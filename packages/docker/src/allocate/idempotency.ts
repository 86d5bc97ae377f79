import { createHash } from "node:crypto";
import { type AllocateRequest, delay, hasErrorCode, type Server } from "@potassium/core-types";
import { requestHash } from "@potassium/core-types/provider-kit";
import type { Containers, OwnContainer } from "../container/containers.js";
import { plainName } from "../container/engine-container.js";
import { removeContainer } from "../container/remove-container.js";
import { DockerError } from "../docker-error.js";
import type { Reached } from "../reached.js";
import { waitForReadiness } from "./wait-for-readiness.js";

/** The name of a server whose request has a key and no name: the engine then lets only one of it be. */
export function nameFor(namespace: string, key: string): string {
  const digest = createHash("sha256").update(`${namespace}\n${key}`).digest("hex");
  return `potassium-${digest.slice(0, 20)}`;
}

/** How long a container may stand unstarted before the call that made it counts as dead. */
const unstartedPatienceMs = 15_000;

/**
 * Gives the server that was made with this key, or makes it. Two processes that make it at once want the
 * same name: the later one finds the earlier one's, and waits for it.
 *
 * @throws {DockerError} `CONFLICT` where the key is another request's
 */
export async function allocateByKey(
  reached: Reached,
  request: AllocateRequest,
  { key, name }: { readonly key: string; readonly name: string },
  signal: AbortSignal,
  make: () => Promise<Server>,
): Promise<Server> {
  const deadline = performance.now() + unstartedPatienceMs;
  for (;;) {
    const present = await reached.containers.byKey(key, signal);
    if (present !== undefined) {
      const server = await adopt(reached, present, request, key, signal);
      if (server !== undefined) return server;
    }
    try {
      return await make();
    } catch (error) {
      if (!hasErrorCode(error, "ALREADY_EXISTS") || performance.now() > deadline) throw error;
      // The name is given before its container can be seen; one that is seen must be this key's.
      const visible = await reached.containers.exists(name, signal);
      if (visible && (await reached.containers.byKey(key, signal)) === undefined) throw error;
      await delay(50, { signal });
    }
  }
}

/** The server that is there, once it is ready; `undefined` where a call that died has left it unstarted. */
async function adopt(
  { connection, containers }: Reached,
  { inspected, wanted }: OwnContainer,
  request: AllocateRequest,
  key: string,
  signal: AbortSignal,
): Promise<Server | undefined> {
  if (wanted.requestHash !== requestHash(request)) {
    throw new DockerError(
      "CONFLICT",
      `the idempotency key ${JSON.stringify(key)} belongs to another request`,
      {
        field: "idempotencyKey",
      },
    );
  }
  const id = inspected.Id;
  const present = await startedBySomebody(containers, id, Date.parse(wanted.createdAt), signal);
  if (present === undefined) return undefined;
  if (isUnstarted(present)) {
    await removeContainer(connection.client, id);
    return undefined;
  }
  if (present.inspected.State.Running) {
    const name = plainName(inspected.Name);
    await waitForReadiness({ connection, containers, id, name, wanted }, wanted.readiness, signal);
  }
  return containers.server(id, [], signal);
}

/** The container once another process has started it, or still unstarted when that must have died. */
async function startedBySomebody(
  containers: Containers,
  id: string,
  createdAtMs: number,
  signal: AbortSignal,
) {
  const age = Math.max(0, Date.now() - createdAtMs);
  const deadline = performance.now() + unstartedPatienceMs - age;
  for (;;) {
    const present = await containers.find(id, signal);
    if (present === undefined || !isUnstarted(present) || performance.now() > deadline)
      return present;
    await delay(50, { signal });
  }
}

function isUnstarted({ inspected: { State } }: OwnContainer): boolean {
  return (
    State.Status === "created" || State.Status === "configured" || State.Status === "initialized"
  );
}
