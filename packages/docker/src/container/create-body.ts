import { isIPv6 } from "node:net";
import { type AllocateRequest, defaultStopPolicy, type PortBinding } from "@potassium/core-types";
import { serverEnvironment } from "@potassium/core-types/provider-kit";
import type { EngineInfo } from "../engine/engine-info.js";
import type { ResolvedHardening } from "./hardening.js";
import { isPath } from "./volume-source.js";
import { toLabels, type Wanted } from "./wanted.js";

export interface CreateInput {
  readonly name: string;
  readonly request: AllocateRequest;
  readonly wanted: Wanted;
  readonly engine: EngineInfo;
  readonly hardening: ResolvedHardening;
  /** Where published ports listen on the host. */
  readonly hostAddress: string;
  /** The devices that limits on disk throughput are for. */
  readonly blockDevices: readonly string[];
}

/** The body of the request that creates a container: the same for the same input, in a fixed order. */
export function createBody(input: CreateInput): Record<string, unknown> {
  const { request, wanted, name } = input;
  const environment = serverEnvironment(
    {
      name,
      host: listenAddress(request),
      ports: wanted.ports.map((port) => ({ number: port.container, name: port.name })),
    },
    request.environment,
  );
  const { signal = defaultStopPolicy.signal, graceMs = defaultStopPolicy.graceMs } =
    request.stop ?? {};
  return {
    Image: request.image,
    ...(request.command === undefined ? {} : { Cmd: request.command }),
    Env: Object.entries(environment)
      .map(([key, value]) => `${key}=${value}`)
      .sort(),
    Labels: toLabels(wanted),
    ExposedPorts: Object.fromEntries(wanted.ports.map((port) => [portKey(port), {}])),
    OpenStdin: true,
    StopSignal: signal,
    StopTimeout: Math.ceil(graceMs / 1000),
    HostConfig: hostConfig(input),
    NetworkingConfig: networkingConfig(request),
  };
}

/** Every address of the container, of both families where it has an IPv6 one. */
function listenAddress({ ip, ipv6 }: AllocateRequest): string {
  return ipv6 !== undefined || (ip !== undefined && isIPv6(ip)) ? "::" : "0.0.0.0";
}

function hostConfig({
  request,
  wanted,
  engine,
  hardening,
  hostAddress,
  blockDevices,
}: CreateInput) {
  const throttle = (rate: number | undefined) =>
    rate === undefined ? undefined : blockDevices.map((Path) => ({ Path, Rate: rate }));
  return {
    NetworkMode: request.network ?? "default",
    PortBindings: portBindings(wanted.ports, hostAddress),
    Mounts: (request.volumes ?? []).map(({ source, target, readOnly = false }) => ({
      Type: isPath(source) ? "bind" : "volume",
      Source: source,
      Target: target,
      ReadOnly: readOnly,
    })),
    RestartPolicy: restartPolicy(request.restartPolicy),
    NanoCpus: request.cpuLimit === undefined ? 0 : Math.round(request.cpuLimit * 1e9),
    Memory: request.memoryLimit ?? 0,
    MemorySwap: request.memorySwap ?? 0,
    ...(request.pidsLimit === undefined ? {} : { PidsLimit: request.pidsLimit }),
    BlkioDeviceReadBps: throttle(request.diskIoReadBps),
    BlkioDeviceWriteBps: throttle(request.diskIoWriteBps),
    ...(request.diskSizeLimit === undefined
      ? {}
      : { StorageOpt: { size: String(request.diskSizeLimit) } }),
    Init: hardening.init,
    CapDrop: hardening.dropCapabilities,
    SecurityOpt: hardening.noNewPrivileges ? ["no-new-privileges"] : [],
    LogConfig: logConfig(engine, hardening),
  };
}

function logConfig(engine: EngineInfo, { logMaxBytes, logMaxFiles }: ResolvedHardening) {
  if (engine.kind === "podman") {
    return { Type: "k8s-file", Config: { "max-size": `${logMaxBytes}b` } };
  }
  return {
    Type: "json-file",
    Config: { "max-size": String(logMaxBytes), "max-file": String(logMaxFiles) },
  };
}

function restartPolicy(policy: AllocateRequest["restartPolicy"]) {
  if (policy === undefined || policy.name === "no") return { Name: "no" };
  const retries = policy.name === "on-failure" ? (policy.maxRetries ?? 0) : 0;
  return { Name: policy.name, MaximumRetryCount: retries };
}

/** The protocol is always said: without it, engines take tcp. */
function portKey({ container, protocol }: PortBinding): string {
  return `${container}/${protocol}`;
}

/** Two of the host's ports may lead to one of the container's. */
function portBindings(ports: readonly PortBinding[], hostAddress: string) {
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const port of ports) {
    if (port.host === undefined) continue;
    const list = bindings[portKey(port)] ?? [];
    bindings[portKey(port)] = list;
    // Podman takes 0.0.0.0 at its word and forwards nothing; the empty text means every address.
    list.push({
      HostIp: hostAddress === "0.0.0.0" ? "" : hostAddress,
      HostPort: String(port.host),
    });
  }
  return bindings;
}

function networkingConfig({ network, ip, ipv6, aliases }: AllocateRequest) {
  if (network === undefined) return {};
  const v6 = ipv6 ?? (ip !== undefined && isIPv6(ip) ? ip : undefined);
  const v4 = ip !== undefined && !isIPv6(ip) ? ip : undefined;
  const fixed =
    v4 === undefined && v6 === undefined
      ? {}
      : { IPAMConfig: { ...(v4 ? { IPv4Address: v4 } : {}), ...(v6 ? { IPv6Address: v6 } : {}) } };
  return {
    EndpointsConfig: {
      [network]: { ...fixed, ...(aliases === undefined ? {} : { Aliases: aliases }) },
    },
  };
}
