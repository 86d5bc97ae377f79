import {
  Identifier,
  Labels,
  PortBinding,
  Readiness,
  ResourceLimits,
  StopPolicy,
  Timestamp,
} from "@potassium/core-types";
import { frozenCopy } from "@potassium/core-types/provider-kit";
import * as z from "zod/mini";
import { readOnce } from "./read-once.js";

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
  idempotencyKey: z.optional(Identifier),
  /** With the host's ports as they were chosen. */
  ports: z._default(z.array(PortBinding), []),
  network: z.optional(z.string()),
  ip: z.optional(z.string()),
  ipv6: z.optional(z.string()),
  limits: z._default(ResourceLimits, {}),
  stop: z.optional(StopPolicy),
  readiness: z.optional(Readiness),
  /** The caller's own, apart from those that the image brings. */
  labels: z._default(Labels, {}),
});
export type Wanted = z.infer<typeof Wanted>;

const prefix = "potassium.";
const namespaceLabel = `${prefix}namespace` as const;
const keyLabel = `${prefix}idempotency-key` as const;
const attemptLabel = `${prefix}attempt` as const;
const wantedLabel = `${prefix}wanted` as const;

/** Those of a container's labels that tell whose it is, and what was wanted. */
export const OwnLabels = z.object({
  [namespaceLabel]: z.optional(z.string()),
  [wantedLabel]: z.optional(z.string()),
});
export type OwnLabels = z.infer<typeof OwnLabels>;

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
export function fromLabels(labels: OwnLabels, namespace: string): Wanted | undefined {
  return labels[namespaceLabel] === namespace ? readWanted(labels[wantedLabel] ?? "") : undefined;
}

const readWanted = readOnce((text) => {
  try {
    return frozenCopy(Wanted.parse(JSON.parse(text)));
  } catch {
    return undefined;
  }
}, 4096);

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
