import {
  Identifier,
  Labels,
  PortBinding,
  Readiness,
  ResourceLimits,
  StopPolicy,
  Timestamp,
} from "@potassium/core-types";
import * as z from "zod";

/**
 * What was asked for when a container was made. The engine forgets it (a stopped container holds neither
 * its address nor its ports) or never knew it, so it is kept in labels, and a new process finds it there.
 */
export const Wanted = z.object({
  namespace: z.string(),
  /** Marks the attempt that made the container, so that only it cleans up after itself. */
  attempt: z.string(),
  createdAt: Timestamp,
  requestHash: z.string(),
  idempotencyKey: Identifier.optional(),
  /** With the host's ports as they were chosen. */
  ports: z.array(PortBinding).default([]),
  network: z.string().optional(),
  ip: z.string().optional(),
  ipv6: z.string().optional(),
  limits: ResourceLimits.default({}),
  stop: StopPolicy.optional(),
  readiness: Readiness.optional(),
  /** The caller's own, apart from those that the image brings. */
  labels: Labels.default({}),
});
export type Wanted = z.infer<typeof Wanted>;

const prefix = "potassium.";
const namespaceLabel = `${prefix}namespace`;
const keyLabel = `${prefix}idempotency-key`;
const attemptLabel = `${prefix}attempt`;
const wantedLabel = `${prefix}wanted`;

/** The labels of a container: the caller's, and ours. */
export function toLabels(wanted: Wanted): Record<string, string> {
  return {
    ...wanted.labels,
    [namespaceLabel]: wanted.namespace,
    [attemptLabel]: wanted.attempt,
    [wantedLabel]: JSON.stringify(wanted),
    ...(wanted.idempotencyKey === undefined ? {} : { [keyLabel]: wanted.idempotencyKey }),
  };
}

/** What the labels of a container of ours say, or `undefined` where it is not ours or they are broken. */
export function fromLabels(
  labels: Readonly<Record<string, string>>,
  namespace: string,
): Wanted | undefined {
  if (labels[namespaceLabel] !== namespace) return undefined;
  try {
    return Wanted.parse(JSON.parse(labels[wantedLabel] ?? ""));
  } catch {
    return undefined;
  }
}

/** Filters of the engine's lists and events, as their query has them. */
export const filters = {
  namespace: (namespace: string) => ({ label: [`${namespaceLabel}=${namespace}`] }),
  key: (namespace: string, key: string) => ({
    label: [`${namespaceLabel}=${namespace}`, `${keyLabel}=${key}`],
  }),
  attempt: (attempt: string) => ({ label: [`${attemptLabel}=${attempt}`] }),
};

/** A label that callers may not set. */
export const isReservedLabel = (key: string): boolean => key.startsWith(prefix);
