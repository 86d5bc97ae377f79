import * as z from "zod/mini";
import { DockerError } from "../docker-error.js";
import { describeEndpoint } from "../endpoint/endpoint.js";
import type { EngineClient } from "./engine-client.js";

/** What an engine is, and what it therefore can't do. */
export interface EngineInfo {
  readonly kind: "docker" | "podman";
  /** Where it was reached, in the form of DOCKER_HOST. */
  readonly endpoint: string;
  readonly version: string;
  /** The version of the API that is spoken with it. */
  readonly apiVersion: string;
  readonly operatingSystem: string;
  readonly architecture: string;
  readonly rootless: boolean;
  readonly cgroupVersion: 1 | 2;
  readonly storageDriver: string;
  readonly swarm: "inactive" | "worker" | "manager";
  /** What it can't do, each with the reason. */
  readonly limitations: EngineLimitations;
}

/** Reasons in words; what is left out works. */
export interface EngineLimitations {
  /** A fixed address on a network. */
  readonly staticIp?: string;
  /** A limit on the size of a server's own files. */
  readonly diskSizeLimit?: string;
  /** Servers see the players' own addresses on published ports. */
  readonly sourceIp?: string;
  /** Limits on CPU, memory and processes. */
  readonly resourceLimits?: string;
  /** The change of a server's limits later on. */
  readonly updateLimits?: string;
}

/** The API as this package knows it; older and newer engines speak it too, within this range. */
const oldestApi = "1.40";
const newestApi = "1.47";

const Version = z.object({
  Version: z.string(),
  ApiVersion: z.string(),
  MinAPIVersion: z._default(z.string(), "1.12"),
  Os: z._default(z.string(), "linux"),
  Arch: z._default(z.string(), ""),
  Components: z.nullish(z.array(z.object({ Name: z.string() }))),
});

const Info = z.object({
  Driver: z._default(z.string(), ""),
  DriverStatus: z.nullish(z.array(z.array(z.string()))),
  CgroupVersion: z._default(z.string(), "1"),
  SecurityOptions: z.nullish(z.array(z.string())),
  Rootless: z.nullish(z.boolean()),
  Swarm: z.nullish(
    z.object({
      LocalNodeState: z._default(z.string(), "inactive"),
      ControlAvailable: z._default(z.boolean(), false),
    }),
  ),
});
type Info = z.infer<typeof Info>;

/**
 * Asks the engine what it is, and fixes the version of the API that is spoken with it: without one, an
 * engine's answers change with its own version.
 */
export async function readEngineInfo(
  client: EngineClient,
  signal?: AbortSignal,
): Promise<EngineInfo> {
  const version = await client.json({ method: "GET", path: "/version", signal }, Version);
  const apiVersion = commonApiVersion(
    version.MinAPIVersion,
    version.ApiVersion,
    describeEndpoint(client.endpoint),
  );
  client.useApiVersion(apiVersion);
  const info = await client.json({ method: "GET", path: "/info", signal }, Info);
  const podman = version.Components?.some(({ Name }) => Name.startsWith("Podman")) ?? false;
  const rootless =
    info.Rootless ??
    info.SecurityOptions?.some((option) => option.startsWith("name=rootless")) ??
    false;
  const kind = podman ? "podman" : "docker";
  const cgroupVersion = info.CgroupVersion === "2" ? 2 : 1;
  return Object.freeze({
    kind,
    endpoint: describeEndpoint(client.endpoint),
    version: version.Version,
    apiVersion,
    operatingSystem: version.Os,
    architecture: version.Arch,
    rootless,
    cgroupVersion,
    storageDriver: info.Driver,
    swarm: swarmRole(info),
    limitations: Object.freeze({
      ...limitationsOf(kind, rootless, cgroupVersion, info),
      ...(podman && Number.parseInt(version.Version, 10) < 5
        ? { updateLimits: `Podman ${version.Version} has no request for it` }
        : {}),
    }),
  });
}

/**
 * The newest version of the API that both sides speak.
 *
 * @throws {DockerError} `NOT_SUPPORTED`
 */
export function commonApiVersion(theirOldest: string, theirNewest: string, where: string): string {
  const common = isOlder(theirNewest, newestApi) ? theirNewest : newestApi;
  if (isOlder(common, oldestApi) || isOlder(common, theirOldest)) {
    throw new DockerError(
      "NOT_SUPPORTED",
      `the engine at ${where} speaks the API ${theirOldest} to ${theirNewest}; ${oldestApi} to ${newestApi} is needed`,
    );
  }
  return common;
}

function isOlder(one: string, other: string): boolean {
  const [major = 0, minor = 0] = one.split(".").map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split(".").map(Number);
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}

function swarmRole({ Swarm }: Info): EngineInfo["swarm"] {
  if (Swarm?.LocalNodeState !== "active") return "inactive";
  return Swarm.ControlAvailable ? "manager" : "worker";
}

function limitationsOf(
  kind: EngineInfo["kind"],
  rootless: boolean,
  cgroupVersion: 1 | 2,
  info: Info,
): EngineLimitations {
  const backing = info.DriverStatus?.find(([name]) => name === "Backing Filesystem")?.[1] ?? "";
  return {
    ...(info.Driver.startsWith("overlay") && backing !== "xfs"
      ? {
          diskSizeLimit: `needs overlay on xfs with pquota; the storage is ${info.Driver} on ${backing || "an unknown file system"}`,
        }
      : {}),
    ...(rootless
      ? {
          sourceIp: `a rootless ${kind} forwards published ports through a process of its own, which hides the players' addresses`,
        }
      : {}),
    ...(rootless && cgroupVersion === 1
      ? { resourceLimits: "a rootless engine needs cgroup version 2 for limits" }
      : {}),
  };
}
