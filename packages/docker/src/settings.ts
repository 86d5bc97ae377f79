import { IpAddress, type PortRange, parseOptions, parsePortRange } from "@potassium/core-types";
import * as z from "zod/mini";
import { AddressPools } from "./allocate/address-pools.js";
import { type ResolvedHardening, resolveHardening } from "./container/hardening.js";
import { DockerError } from "./docker-error.js";
import type { DockerProviderOptions } from "./docker-provider-options.js";
import type { EndpointOptions } from "./endpoint/find-endpoint.js";
import type { EngineClientOptions } from "./engine/engine-client.js";
import type { ImageOptions } from "./image/ensure-image.js";
import { parseArgument } from "./parse-argument.js";

/** The options with their defaults. */
export interface Settings extends EndpointOptions, EngineClientOptions {
  readonly namespace: string;
  readonly hostAddress: string;
  readonly conntrack: "auto" | "off";
  readonly addressPools: AddressPools;
  readonly portRange: PortRange;
  readonly images: Omit<ImageOptions, "signal">;
  readonly hardening: ResolvedHardening;
  readonly now: () => Date;
}

const isFunction = z.custom<() => unknown>(
  (value) => typeof value === "function",
  "must be a function",
);
const text = z.string().check(z.minLength(1, "must not be empty"));
const count = z.int().check(z.minimum(1));

const Tls = z.strictObject({
  ca: z.optional(text),
  cert: z.optional(text),
  key: z.optional(text),
  insecure: z.optional(z.boolean()),
});

const Hardening = z.strictObject({
  noNewPrivileges: z.optional(z.boolean()),
  dropCapabilities: z.optional(z.array(text)),
  init: z.optional(z.boolean()),
  logMaxBytes: z.optional(count),
  logMaxFiles: z.optional(count),
});

const shape = {
  host: z.optional(text),
  context: z.optional(text),
  tls: z.optional(Tls),
  namespace: z.optional(
    z
      .string()
      .check(z.regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/, "must be letters, digits, _, . or -")),
  ),
  hostAddress: z.optional(IpAddress),
  portRange: z.optional(z.string()),
  addressPools: z.optional(z.record(z.string(), z.string())),
  conntrack: z.optional(z.enum(["auto", "off"])),
  pull: z.optional(z.enum(["missing", "always", "never"])),
  auth: z.optional(isFunction),
  onPullProgress: z.optional(isFunction),
  hardening: z.optional(Hardening),
  // A longer time would make a timer fire at once.
  timeoutMs: z.optional(count.check(z.maximum(2 ** 31 - 1))),
  connections: z.optional(count),
};

/** @throws {DockerError} `INVALID_ARGUMENT` with the field at fault */
export function settingsOf(options: DockerProviderOptions): Settings {
  parseOptions(options, Object.keys(shape), invalid, "provider options");
  parseArgument(z.object(shape), options, "provider options");
  const { host, context, portRange = "20000-29999" } = options;
  if (host !== undefined && context !== undefined) {
    throw invalid("context: names an engine, and host another: give one of them", "context");
  }
  const range = parsePortRange(portRange);
  if (range === undefined)
    throw invalid('portRange: must be a range of ports, such as "20000-29999"', "portRange");
  const { pull = "missing", auth, onPullProgress } = options;
  return {
    host,
    context,
    tls: options.tls,
    timeoutMs: options.timeoutMs ?? 60_000,
    connections: options.connections ?? 64,
    namespace: options.namespace ?? "default",
    hostAddress: options.hostAddress ?? "0.0.0.0",
    conntrack: options.conntrack ?? "auto",
    portRange: range,
    addressPools: new AddressPools(options.addressPools),
    images: { pull, auth, onPullProgress },
    hardening: resolveHardening(options.hardening),
    now: () => new Date(),
  };
}

const invalid = (message: string, field: string) =>
  new DockerError("INVALID_ARGUMENT", message, { field });
