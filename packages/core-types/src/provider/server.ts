import * as z from "zod/mini";
import { goNullable, goOptional } from "../json/go-optional.js";
import { jsonCodec } from "../json/json-codec.js";
import { camelCaseKeys, snakeCaseKeys } from "../json/key-case.js";
import { Timestamp } from "../json/timestamp.js";
import { IpAddress } from "../net/ip-address.js";
import { PublishedPort } from "./published-port.js";
import { ResourceLimits } from "./resource-limits.js";
import { limitsFromWire, limitsToWire, resourceLimitWireFields } from "./resource-limits-wire.js";
import { ServerStatus } from "./server-status.js";

/** A server as its provider has it: a frozen snapshot. */
export const Server = z.readonly(
  z.object({
    /** The provider's own id. */
    id: z.string().check(z.minLength(1)),
    /** The name it was asked for by, or that the provider made up. */
    name: z.string().check(z.minLength(1)),
    /** The image as the request named it. */
    image: z.string(),
    /** What it is doing. */
    status: ServerStatus,
    /** The address to reach it at on its network: that of the network it asked for, else the first. */
    ip: z.optional(IpAddress),
    /** Its addresses by the name of the network. */
    networks: z.readonly(
      z.record(
        z.string(),
        z.readonly(z.object({ ip: z.optional(IpAddress), ipv6: z.optional(IpAddress) })),
      ),
    ),
    /** Its ports, and the host's that lead to them. */
    ports: z.readonly(z.array(PublishedPort)),
    /** What it may use. */
    limits: ResourceLimits,
    /** As the request gave them. */
    labels: z.readonly(z.record(z.string(), z.string())),
    /** RFC 3339. */
    createdAt: Timestamp,
    /** What the engine had to say about the request: options that it can't follow, for example. */
    warnings: z.readonly(z.array(z.string())),
  }),
);
export type Server = z.infer<typeof Server>;

const serverWire = () =>
  z.object({
    id: z.string(),
    name: z.string(),
    image: z._default(z.string(), ""),
    status: z.string(),
    ip: goOptional(z.string()),
    ports: goNullable(z.record(z.string(), z.number())),
    port_bindings: goNullable(z.array(PublishedPort)),
    networks: goNullable(z.record(z.string(), z.record(z.string(), z.unknown()))),
    labels: goNullable(z.record(z.string(), z.string())),
    created_at: z._default(z.string(), "1970-01-01T00:00:00Z"),
    warnings: goNullable(z.array(z.string())),
    status_detail: goNullable(z.record(z.string(), z.unknown())),
    ...resourceLimitWireFields(),
  });

/**
 * `Server` in the Go library's JSON. `status` and `ports` (the container's port to the host's, without
 * the protocol) are Go's; `status_detail` and `port_bindings` say the same in full, and are what is
 * read where they are there.
 */
export const ServerJson = jsonCodec({
  what: "server",
  wire: serverWire,
  value: Server,
  fromWire: (wire) => ({
    id: wire.id,
    name: wire.name.replace(/^\//, ""),
    image: wire.image,
    status: statusFromWire(wire),
    ip: wire.ip,
    networks: wire.networks ?? {},
    ports: wire.port_bindings ?? portsFromWire(wire.ports ?? {}),
    limits: limitsFromWire(wire),
    labels: wire.labels ?? {},
    createdAt: wire.created_at,
    warnings: wire.warnings ?? [],
  }),
  toWire: (server) => ({
    id: server.id,
    name: server.name,
    status: server.status.state,
    ip: server.ip ?? "",
    ports: portsToWire(server.ports),
    ...limitsToWire(server.limits),
    image: server.image,
    status_detail: snakeCaseKeys(server.status),
    port_bindings: server.ports,
    networks: server.networks,
    labels: server.labels,
    created_at: server.createdAt,
    warnings: server.warnings,
  }),
});

function statusFromWire(wire: z.output<ReturnType<typeof serverWire>>): unknown {
  if (wire.status_detail !== undefined) return camelCaseKeys(wire.status_detail);
  // Go says no more than the word.
  if (wire.status === "stopped") return { state: "stopped", exitCode: 0 };
  if (wire.status === "error") return { state: "error", message: "" };
  return { state: wire.status };
}

function portsFromWire(ports: Readonly<Record<string, number>>) {
  // The Go library leaves the protocol out; game servers are UDP unless they say otherwise.
  return Object.entries(ports).map(([key, host]) => {
    const [container, protocol = "udp"] = key.split("/");
    return { container: Number(container), protocol, host };
  });
}

function portsToWire(ports: readonly PublishedPort[]): Record<string, number> {
  const wire: Record<string, number> = {};
  for (const { container, host } of ports) {
    if (host !== undefined) wire[String(container)] ??= host;
  }
  return wire;
}
