import { parseInput } from "../error/parse-input.js";
import { AllocateRequest } from "../provider/allocate-request.js";
import { ProviderError } from "../provider/provider-error.js";
import type { ProviderFeature, ProviderSupports } from "../provider/provider-feature.js";

type Need = readonly [field: string, feature: ProviderFeature];

/**
 * Checks what was asked of a provider, before anything is started.
 *
 * @throws {ProviderError} `INVALID_ARGUMENT`, or `NOT_SUPPORTED` with the reason in `supports`; both
 *   with the `field` at fault.
 */
export function parseAllocateRequest(
  request: unknown,
  supports: ProviderSupports,
): AllocateRequest {
  const parsed = parseInput(
    AllocateRequest,
    request,
    "allocate request",
    (message, field) => new ProviderError("INVALID_ARGUMENT", message, { field }),
  );
  for (const [field, feature] of needs(parsed)) requireFeature(supports, feature, field);
  return parsed;
}

/**
 * Passes where the provider has the feature.
 *
 * @param field the input that asks for it, where an input does.
 * @throws {ProviderError} `NOT_SUPPORTED` with the reason in `supports`.
 */
export function requireFeature(
  supports: ProviderSupports,
  feature: ProviderFeature,
  field?: string,
): void {
  const support = supports[feature];
  if (support.supported) return;
  const what = field === undefined || field === feature ? feature : `${field}: ${feature}`;
  throw new ProviderError("NOT_SUPPORTED", `${what} can't be had here: ${support.reason}`, {
    field,
  });
}

/** Which features a request asks for. What says the same as leaving it out asks for none. */
function* needs(request: AllocateRequest): Generator<Need> {
  for (const field of ["network", "ip", "ipv6", "aliases"] as const) {
    if (request[field] !== undefined) yield [field, "networks"];
  }
  if ((request.volumes ?? []).length > 0) yield ["volumes", "volumes"];
  for (const field of [
    "cpuLimit",
    "memoryLimit",
    "memorySwap",
    "pidsLimit",
    "diskSizeLimit",
  ] as const) {
    if (request[field] !== undefined) yield [field, field];
  }
  for (const field of ["diskIoReadBps", "diskIoWriteBps"] as const) {
    if (request[field] !== undefined) yield [field, "diskIoLimit"];
  }
  const { restartPolicy, stop, readiness } = request;
  if (restartPolicy !== undefined && restartPolicy.name !== "no") {
    yield ["restartPolicy", "restartPolicy"];
  }
  if (stop?.command?.type === "exec") yield ["stop.command", "exec"];
  if (stop?.command?.type === "console") yield ["stop.command", "console"];
  if (readiness?.type === "exec") yield ["readiness", "exec"];
}
