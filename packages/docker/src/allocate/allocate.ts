import { type AllocateRequest, abortable, hasErrorCode, type Server } from "@potassium/core-types";
import { forgetFlows } from "../conntrack/forget-flows.js";
import { inspectedServer } from "../container/to-server.js";
import { checkVolumes, requireSources } from "../container/volume-source.js";
import type { Wanted } from "../container/wanted.js";
import { ensureImage } from "../image/ensure-image.js";
import { requireLimits } from "../limit/require-limits.js";
import { requireFreeAddress } from "../network/free-address.js";
import { requireNetwork } from "../network/network-exists.js";
import type { ReservedAddress } from "./address-pools.js";
import type { Allocation } from "./allocation.js";
import { refusedPorts } from "./host-ports.js";
import { makeContainer, PortRefused, removeAttempt } from "./make-container.js";
import { waitForReadiness } from "./wait-for-readiness.js";
import { type Place, wantedOf } from "./wanted-of.js";

/** How often another port is tried after the engine found one in use. */
const maxAttempts = 50;

/** Makes and starts a container, and waits until it is ready. What fails or is aborted leaves nothing. */
export async function allocate(
  allocation: Allocation,
  name: string,
  request: AllocateRequest,
  signal: AbortSignal,
): Promise<Server> {
  const { connection, containers, images } = allocation;
  requireLimits(connection.info, request);
  checkVolumes(request.volumes ?? []);
  await requireSources(connection, request.volumes ?? []);
  const { network } = request;
  const gateways = network === undefined ? [] : await requireNetwork(connection, network, signal);
  await ensureImage(connection.client, request.image, { ...images, signal });
  const refused = { ports: new Set<string>(), addresses: new Set<string>(gateways) };
  const wishes = request.ports ?? [];
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    const others = await containers.wanted(signal);
    requireFreeAddress(request, others, gateways);
    const taken = others.flatMap(({ ports }) => ports);
    const publishAll = network === undefined;
    const reserved = allocation.hostPorts.reserve(wishes, taken, refused.ports, publishAll);
    let address: ReservedAddress | undefined;
    try {
      address = reserveAddress(allocation, request, others, refused.addresses);
      const placed = { ports: reserved.bindings, ip: address?.ip ?? request.ip };
      return await start(allocation, name, request, placed, signal);
    } catch (error) {
      if (attempt === maxAttempts) throw error;
      if (error instanceof PortRefused) {
        for (const port of refusedPorts(wishes, reserved.bindings, error.port)) {
          refused.ports.add(port);
        }
      } else if (address !== undefined && hasErrorCode(error, "ADDRESS_IN_USE")) {
        refused.addresses.add(address.ip);
      } else throw error;
    } finally {
      reserved.release();
      address?.release();
    }
  }
}

/** An address out of the network's pool, for a request that has none. */
function reserveAddress(
  { addressPools }: Allocation,
  { network, ip, ipv6 }: AllocateRequest,
  others: readonly Wanted[],
  refused: ReadonlySet<string>,
): ReservedAddress | undefined {
  if (!addressPools.has(network) || ip !== undefined || ipv6 !== undefined) return undefined;
  const taken = others.flatMap((other) =>
    other.network === network && other.ip !== undefined ? [other.ip] : [],
  );
  return addressPools.reserve(network, taken, refused);
}

async function start(
  allocation: Allocation,
  name: string,
  request: AllocateRequest,
  place: Place,
  signal: AbortSignal,
): Promise<Server> {
  const { connection, containers } = allocation;
  const wanted = wantedOf(allocation, request, place);
  const making = makeContainer(allocation, name, request, wanted);
  try {
    // Requests that change something are let through to their end, so that it is known what to undo.
    const { id, warnings } = await abortable(making, signal);
    const flowWarnings = await forgetFlows(allocation, wanted.ports);
    const started = { connection, containers, id, name, wanted };
    const seen = await waitForReadiness(started, request.readiness, signal);
    const found = seen ?? (await containers.require(id, signal));
    return inspectedServer(found.inspected, found.wanted, [...warnings, ...flowWarnings]);
  } catch (error) {
    await making.catch(() => {});
    // Where even that fails, the first error is still the one to tell.
    await removeAttempt(allocation, wanted.attempt).catch(() => {});
    throw error;
  }
}
