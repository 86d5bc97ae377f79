import {
  type AllocateRequest,
  type LogsOptions,
  type ProviderSupports,
  parseInput,
  Timestamp,
} from "@potassium/core-types";
import { parseAllocateRequest } from "@potassium/core-types/provider-kit";
import * as z from "zod/mini";
import { isReservedLabel } from "./container/wanted.js";
import { DockerError } from "./docker-error.js";

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

/**
 * As {@link parseArgument}, for an argument that stands alone.
 *
 * @param field its name, which the error's `field` begins with.
 * @throws {DockerError} `INVALID_ARGUMENT` with the field at fault
 */
export function parseNamed<Schema extends z.core.$ZodType>(
  schema: Schema,
  value: unknown,
  field: string,
): z.output<Schema> {
  return parseInput(schema, value, field, (message, _whole, path) =>
    invalid(message, path === "" || path.startsWith("[") ? `${field}${path}` : `${field}.${path}`),
  );
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
