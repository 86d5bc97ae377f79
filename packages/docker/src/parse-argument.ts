import {
  type AllocateRequest,
  type LogsOptions,
  type PortRange,
  type ProviderSupports,
  parseInput,
  parsePortRange,
  Timestamp,
} from "@potassium/core-types";
import { parseAllocateRequest } from "@potassium/core-types/provider-kit";
import * as z from "zod/mini";
import { AddressPools } from "./allocate/address-pools.js";
import { type ResolvedHardening, resolveHardening } from "./container/hardening.js";
import { isReservedLabel } from "./container/wanted.js";
import { DockerError } from "./docker-error.js";
import type { DockerProviderOptions } from "./docker-provider-options.js";
import type { EndpointOptions } from "./endpoint/find-endpoint.js";
import type { EngineClientOptions } from "./engine/engine-client.js";
import type { ImageOptions } from "./image/ensure-image.js";

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

const Namespace = z
  .string()
  .check(z.regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/, "must be letters, digits, _, . or -"));

export function settingsOf(options: DockerProviderOptions): Settings {
  const {
    namespace = "default",
    portRange = "20000-29999",
    conntrack = "auto",
    pull = "missing",
    auth,
    onPullProgress,
  } = options;
  const range = parsePortRange(portRange);
  if (range === undefined)
    throw invalid('portRange: must be a range of ports, such as "20000-29999"', "portRange");
  if (conntrack !== "auto" && conntrack !== "off")
    throw invalid('conntrack: must be "auto" or "off"', "conntrack");
  parseArgument(z.object({ namespace: Namespace }), { namespace }, "option");
  return {
    host: options.host,
    context: options.context,
    tls: options.tls,
    timeoutMs: options.timeoutMs ?? 60_000,
    connections: options.connections ?? 64,
    namespace,
    hostAddress: options.hostAddress ?? "0.0.0.0",
    conntrack,
    portRange: range,
    addressPools: new AddressPools(options.addressPools),
    images: { pull, auth, onPullProgress },
    hardening: resolveHardening(options.hardening),
    now: () => new Date(),
  };
}

const invalid = (message: string, field: string) =>
  new DockerError("INVALID_ARGUMENT", message, { field });

/** @throws {DockerError} `INVALID_ARGUMENT` with the field at fault */
export function parseArgument<Schema extends z.core.$ZodType>(
  schema: Schema,
  value: unknown,
  what: string,
): z.output<Schema> {
  return parseInput(schema, value, what, invalid);
}

/** @throws {ProviderError} `INVALID_ARGUMENT`, `NOT_SUPPORTED` */
export function parseRequest(request: unknown, supports: ProviderSupports): AllocateRequest {
  const parsed = parseAllocateRequest(request, supports);
  const reserved = Object.keys(parsed.labels ?? {}).find(isReservedLabel);
  if (reserved !== undefined) {
    throw invalid(
      `labels.${reserved}: labels that begin with potassium. are the provider's own`,
      `labels.${reserved}`,
    );
  }
  return parsed;
}

const LogWindow = z.object({
  tail: z.optional(z.int().check(z.minimum(0))),
  since: z.optional(Timestamp),
  until: z.optional(Timestamp),
});

/** @throws {DockerError} `INVALID_ARGUMENT` */
export function parseLogOptions(options: LogsOptions): z.infer<typeof LogWindow> {
  return parseArgument(LogWindow, options, "log options");
}
