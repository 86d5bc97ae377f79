import { type PublishedPort, parseInput, Server, type ServerStatus } from "@potassium/core-types";
import { inspectedStatus, listedStatus } from "./container-status.js";
import { type InspectedContainer, type ListedContainer, plainName } from "./engine-container.js";
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
  readonly networks: ListedContainer["NetworkSettings"];
  readonly status: ServerStatus;
  readonly limits: Server["limits"];
  readonly warnings?: readonly string[];
}

function toServer(wanted: Wanted, seen: Seen): Server {
  const networks = Object.fromEntries(
    Object.entries(seen.networks).map(([name, { IPAddress, GlobalIPv6Address }]) => [
      name,
      { ip: IPAddress || undefined, ipv6: GlobalIPv6Address || undefined },
    ]),
  );
  // A stopped container's address reads "", so what it asked for is said.
  const own = wanted.network === undefined ? Object.values(networks)[0] : networks[wanted.network];
  const server = {
    ...seen,
    networks,
    ip: own?.ip ?? own?.ipv6 ?? wanted.ip,
    ports: wanted.ports.map(publishedPort),
    labels: wanted.labels,
    createdAt: wanted.createdAt,
    warnings: seen.warnings ?? [],
  };
  return parseInput(Server, server, "container");
}

function publishedPort({
  container,
  protocol,
  host,
  name,
}: Wanted["ports"][number]): PublishedPort {
  return { container, protocol, host, name };
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
    ...(host.PidsLimit && host.PidsLimit > 0 && !isOwnPidsLimit
      ? { pidsLimit: host.PidsLimit }
      : {}),
  };
}
