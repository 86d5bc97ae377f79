import { randomBytes } from "node:crypto";
import type { AllocateRequest, Server } from "@potassium/core-types";
import { allocate } from "./allocate.js";
import type { Allocation } from "./allocation.js";
import { allocateByKey, nameFor } from "./idempotency.js";

/** Makes the server of a request, or gives the one that was made for its idempotency key before. */
export async function allocateOnce(
  allocation: Allocation,
  request: AllocateRequest,
  signal: AbortSignal,
): Promise<Server> {
  const { events, keys, namespace } = allocation;
  await events.whenReading(signal);
  const make = async (name: string) => {
    const server = await allocate(allocation, name, request, signal);
    const told = events.tellReady(server.id);
    // Without a readiness there is nothing to wait for but the event itself.
    if (request.readiness !== undefined) await told;
    return server;
  };
  const key = request.idempotencyKey;
  if (key === undefined) return make(request.name ?? `potassium-${randomBytes(6).toString("hex")}`);
  const name = request.name ?? nameFor(namespace, key);
  const turn = () => allocateByKey(allocation, request, { key, name }, signal, () => make(name));
  return keys.run(key, turn, { signal });
}
