import { isIPv6 } from "node:net";
import * as z from "zod/mini";
import { goNullable, goOptional } from "../json/go-optional.js";
import { Identifier } from "../json/identifier.js";
import { jsonCodec } from "../json/json-codec.js";
import { camelCaseKeys, snakeCaseKeys } from "../json/key-case.js";
import { Host } from "../net/host-port.js";
import { IpAddress, Ipv6Address } from "../net/ip-address.js";
import { CommandLine } from "./command-line.js";
import { Environment, portVariable } from "./environment.js";
import { Labels } from "./labels.js";
import { PortBinding, portBindingWire } from "./port-binding.js";
import { Readiness } from "./readiness.js";
import { resourceLimitFields } from "./resource-limits.js";
import { limitsFromWire, limitsToWire, resourceLimitWireFields } from "./resource-limits-wire.js";
import { RestartPolicy } from "./restart-policy.js";
import { ServerName } from "./server-name.js";
import { StopPolicy } from "./stop-policy.js";
import { VolumeMount, volumesFromWire, volumesToWire, volumesWire } from "./volume-mount.js";

/** What to start, and how. */
export const AllocateRequest = z.readonly(
  z
    .strictObject({
      /** The image to run. A provider without images looks the name up in its catalogue. */
      image: z
        .string()
        .check(z.minLength(1), z.maxLength(4096), z.regex(/^\S+$/, "must not hold blanks")),
      /** Must be free. @default made up by the provider */
      name: z.optional(ServerName),
      /** Arguments that take the place of the image's own. */
      command: z.optional(CommandLine),
      /** The ports that it listens on. */
      ports: z.optional(z.readonly(z.array(PortBinding))),
      /** Variables on top of the image's own. */
      environment: z.optional(Environment),
      /** Files of the host and named volumes inside the server. */
      volumes: z.optional(z.readonly(z.array(VolumeMount))),
      /** The network to join. Must exist. */
      network: z.optional(
        z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/, "must be a network's name")),
      ),
      /** The server's fixed IPv4 or IPv6 address on `network`. */
      ip: z.optional(IpAddress),
      /** Its IPv6 address, where it has an IPv4 address too. */
      ipv6: z.optional(Ipv6Address),
      /** More names for the server on `network`. */
      aliases: z.optional(z.readonly(z.array(Host))),
      /** Free text, by which `list` can filter. */
      labels: z.optional(Labels),
      ...resourceLimitFields,
      /** @default it is not started again */
      restartPolicy: z.optional(RestartPolicy),
      /** How it is stopped. @default SIGTERM, then the kill after 10 s */
      stop: z.optional(StopPolicy),
      /** When `allocate` returns. @default as soon as its process runs */
      readiness: z.optional(Readiness),
      /** The same key gives the same server, however often the request is sent. */
      idempotencyKey: z.optional(Identifier),
    })
    .check(
      z.superRefine((request, context) => {
        for (const { path, message } of contradictions(request)) {
          context.addIssue({ code: "custom", path, message });
        }
      }),
    ),
);
export type AllocateRequest = z.infer<typeof AllocateRequest>;

interface Contradiction {
  readonly path: PropertyKey[];
  readonly message: string;
}

type Checked = Pick<
  AllocateRequest,
  "ports" | "network" | "ip" | "ipv6" | "aliases" | "memoryLimit" | "memorySwap" | "readiness"
>;

function* contradictions(request: Checked): Generator<Contradiction> {
  yield* portContradictions(request.ports ?? []);
  for (const field of ["ip", "ipv6", "aliases"] as const) {
    if (request[field] !== undefined && request.network === undefined) {
      yield { path: [field], message: "needs a network" };
    }
  }
  if (request.ip !== undefined && request.ipv6 !== undefined && isIPv6(request.ip)) {
    yield { path: ["ipv6"], message: "must be left out where ip is an IPv6 address" };
  }
  const { memoryLimit, memorySwap } = request;
  if (
    memorySwap !== undefined &&
    memorySwap !== -1 &&
    memorySwap < (memoryLimit ?? Number.POSITIVE_INFINITY)
  ) {
    yield {
      path: ["memorySwap"],
      message: "counts memory and swap together, so it needs a memoryLimit and can't be below it",
    };
  }
  yield* readinessContradictions(request);
}

function* portContradictions(ports: readonly PortBinding[]): Generator<Contradiction> {
  const hosts = new Set<string>();
  const variables = new Set<string>();
  for (const [index, { host, protocol, name }] of ports.entries()) {
    if (host !== undefined) {
      if (hosts.has(`${host}/${protocol}`)) {
        yield { path: ["ports", index, "host"], message: `${host}/${protocol} is asked for twice` };
      }
      hosts.add(`${host}/${protocol}`);
    }
    if (name !== undefined) {
      if (variables.has(portVariable(name))) {
        yield {
          path: ["ports", index, "name"],
          message: `another port gives ${portVariable(name)} too`,
        };
      }
      variables.add(portVariable(name));
    }
  }
}

function* readinessContradictions({ readiness, ports = [] }: Checked): Generator<Contradiction> {
  if (readiness === undefined || !probesPort(readiness)) return;
  const protocol = readiness.type === "udp" ? "udp" : "tcp";
  const wanted = readiness.port;
  const fitting = ports.filter(
    (port) =>
      port.protocol === protocol &&
      (wanted === undefined || port.name === wanted || port.container === wanted),
  );
  if (fitting.length === 0 || (wanted === undefined && fitting.length > 1)) {
    yield {
      path: ["readiness", "port"],
      message: `must name one of the request's ${protocol} ports`,
    };
  }
}

function probesPort(
  readiness: Readiness,
): readiness is Extract<Readiness, { type: "tcp" | "http" | "udp" }> {
  return readiness.type === "tcp" || readiness.type === "http" || readiness.type === "udp";
}

/** What the Go library has no fields for: an object of ours under snake_case names. */
const extension = () => goNullable(z.record(z.string(), z.unknown()));

const allocateRequestWire = () =>
  z.object({
    image: z.string(),
    name: goOptional(z.string()),
    command: goNullable(z.array(z.string())),
    ports: goNullable(z.array(portBindingWire())),
    environment: goNullable(z.record(z.string(), z.string())),
    volumes: goNullable(volumesWire()),
    network: goOptional(z.string()),
    ip: goOptional(z.string()),
    ipv6: goOptional(z.string()),
    aliases: goNullable(z.array(z.string())),
    labels: goNullable(z.record(z.string(), z.string())),
    ...resourceLimitWireFields(),
    restart_policy: extension(),
    stop: extension(),
    readiness: extension(),
    idempotency_key: goOptional(z.string()),
  });

/** `AllocateRequest` in the Go library's JSON, with what Go doesn't know as more fields. */
export const AllocateRequestJson = jsonCodec({
  what: "allocate request",
  wire: allocateRequestWire,
  value: AllocateRequest,
  fromWire: (wire) => ({
    ...limitsFromWire(wire),
    image: wire.image,
    name: wire.name,
    command: wire.command,
    ports: wire.ports,
    environment: wire.environment,
    volumes: wire.volumes && volumesFromWire(wire.volumes),
    network: wire.network,
    ip: wire.ip,
    ipv6: wire.ipv6,
    aliases: wire.aliases,
    labels: wire.labels,
    restartPolicy: camelCaseKeys(wire.restart_policy),
    stop: camelCaseKeys(wire.stop),
    readiness: camelCaseKeys(wire.readiness),
    idempotencyKey: wire.idempotency_key,
  }),
  // Go writes null for a list or map that was never made.
  toWire: (request) => ({
    image: request.image,
    name: request.name,
    command: request.command,
    environment: request.environment ?? null,
    volumes: request.volumes === undefined ? null : volumesToWire(request.volumes),
    ports: request.ports?.map((port) => ({ ...port, host: port.host ?? 0 })) ?? null,
    network: request.network,
    ip: request.ip,
    ipv6: request.ipv6,
    aliases: request.aliases,
    labels: request.labels,
    ...limitsToWire(request),
    restart_policy: snakeCaseKeys(request.restartPolicy),
    stop: snakeCaseKeys(request.stop),
    readiness: snakeCaseKeys(request.readiness),
    idempotency_key: request.idempotencyKey,
  }),
});
