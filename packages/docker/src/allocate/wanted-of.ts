import { randomUUID } from "node:crypto";
import type { AllocateRequest, PortBinding } from "@potassium/core-types";
import { requestHash } from "@potassium/core-types/provider-kit";
import type { Wanted } from "../container/wanted.js";
import type { Allocation } from "./allocation.js";

/** Where the server is reached, as it was chosen. */
export interface Place {
  readonly ports: readonly PortBinding[];
  readonly ip: string | undefined;
}

/** What the container's labels will say of the request. */
export function wantedOf(
  { namespace, now }: Allocation,
  request: AllocateRequest,
  { ports, ip }: Place,
): Wanted {
  const {
    cpuLimit,
    memoryLimit,
    memorySwap,
    pidsLimit,
    diskIoReadBps,
    diskIoWriteBps,
    diskSizeLimit,
  } = request;
  return {
    namespace,
    attempt: randomUUID(),
    createdAt: now().toISOString(),
    requestHash: requestHash(request),
    idempotencyKey: request.idempotencyKey,
    ports: [...ports],
    network: request.network,
    ip,
    ipv6: request.ipv6,
    limits: {
      cpuLimit,
      memoryLimit,
      memorySwap,
      pidsLimit,
      diskIoReadBps,
      diskIoWriteBps,
      diskSizeLimit,
    },
    stop: request.stop,
    readiness: request.readiness,
    labels: request.labels ?? {},
  };
}
