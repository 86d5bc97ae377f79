import {
  canonicalIp,
  type PublishedPort,
  type Server,
  type ServerStatus,
} from "@potassium/core-types";
import { defaultSwap, unlimitedSwap } from "../limit/memory-change.js";
import { inspectedStatus, listedStatus } from "./container-status.js";
import {
  type EngineNetworks,
  type InspectedContainer,
  type ListedContainer,
  plainName,
} from "./engine-container.js";
import type { Wanted } from "./wanted.js";

/** A container of a list as a server. */
export function listedServer(container: ListedContainer, wanted: Wanted): Server {
  return toServer(wanted, {
    id: container.Id,
    name: plainName(container.Names[0] ?? container.Id),
    image: container.Image,
    networks: container.NetworkSettings,
    status: listedStatus(container),
    limits: wanted.limits,
  });
}

/** An inspected container as a server. */
export function inspectedServer(
  container: InspectedContainer,
  wanted: Wanted,
  warnings: readonly string[] = [],
): Server {
  return toServer(wanted, {
    id: container.Id,
    name: plainName(container.Name),
    image: container.Config.Image,
    networks: container.NetworkSettings,
    status: inspectedStatus(container),
    limits: { ...wanted.limits, ...presentLimits(container.HostConfig, wanted.limits) },
    warnings,
  });
}

interface Seen {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly networks: EngineNetworks;
  readonly status: ServerStatus;
  readonly limits: Server["limits"];
  readonly warnings?: readonly string[];
}

/** All of it was checked when it was read, so it is put together here without another look, and frozen. */
function toServer(wanted: Wanted, seen: Seen): Server {
  const networks = addressesOf(seen.networks);
  // A stopped container's address reads "", so what it asked for is said.
  const own = wanted.network === undefined ? Object.values(networks)[0] : networks[wanted.network];
  const ip = own?.ip ?? own?.ipv6 ?? wanted.ip;
  return Object.freeze({
    id: seen.id,
    name: seen.name,
    image: seen.image,
    status: Object.freeze(seen.status),
    ...(ip === undefined ? {} : { ip }),
    networks,
    ports: Object.freeze(wanted.ports.map(publishedPort)),
    limits: Object.freeze(seen.limits),
    labels: wanted.labels,
    createdAt: wanted.createdAt,
    warnings: Object.freeze([...(seen.warnings ?? [])]),
  });
}

function addressesOf(networks: EngineNetworks): Server["networks"] {
  const addresses = Object.entries(networks?.Networks ?? {}).map(([name, endpoint]) => {
    const ip = canonicalIp(endpoint.IPAddress ?? "");
    const ipv6 = canonicalIp(endpoint.GlobalIPv6Address ?? "");
    const known = { ...(ip === undefined ? {} : { ip }), ...(ipv6 === undefined ? {} : { ipv6 }) };
    return [name, Object.freeze(known)];
  });
  return Object.freeze(Object.fromEntries(addresses));
}

function publishedPort({
  container,
  protocol,
  host,
  name,
}: Wanted["ports"][number]): PublishedPort {
  return Object.freeze({
    container,
    protocol,
    ...(host === undefined ? {} : { host }),
    ...(name === undefined ? {} : { name }),
  });
}

/** What Podman limits processes to on its own. */
const podmanPidsLimit = 2048;

/** As they are now. An engine's own limit, which nobody asked for, is left out. */
function presentLimits(
  host: InspectedContainer["HostConfig"],
  wanted: Server["limits"],
): Server["limits"] {
  const isOwnPidsLimit = wanted.pidsLimit === undefined && host.PidsLimit === podmanPidsLimit;
  return {
    ...(host.NanoCpus ? { cpuLimit: host.NanoCpus / 1e9 } : {}),
    ...(host.Memory ? { memoryLimit: host.Memory } : {}),
    ...presentSwap(host, wanted),
    ...(host.PidsLimit && host.PidsLimit > 0 && !isOwnPidsLimit
      ? { pidsLimit: host.PidsLimit }
      : {}),
  };
}

/** The total that an engine chose by the memory of the allocation is its own. */
function presentSwap(
  { Memory, MemorySwap }: InspectedContainer["HostConfig"],
  wanted: Server["limits"],
): Pick<Server["limits"], "memorySwap"> {
  if (!Memory || !MemorySwap) return {};
  const isEngines =
    wanted.memorySwap === undefined &&
    wanted.memoryLimit === Memory &&
    MemorySwap === defaultSwap(Memory);
  if (isEngines) return {};
  return { memorySwap: MemorySwap >= unlimitedSwap ? -1 : MemorySwap };
}
