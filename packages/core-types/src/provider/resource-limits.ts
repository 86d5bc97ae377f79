import * as z from "zod/mini";

const bytes = z.int().check(z.minimum(1));

/** What a server may use at most. Left out means no limit. */
export const resourceLimitFields = {
  /** In cores: 1.5 is one and a half. */
  cpuLimit: z.optional(z.number().check(z.minimum(0.001), z.maximum(10_000))),
  /** Memory, in bytes. */
  memoryLimit: z.optional(bytes),
  /** Memory and swap together, in bytes; -1 for swap without limit. */
  memorySwap: z.optional(z.union([z.literal(-1), bytes])),
  /** Processes and threads. */
  pidsLimit: z.optional(z.int().check(z.minimum(1))),
  diskIoReadBps: z.optional(bytes),
  diskIoWriteBps: z.optional(bytes),
  /** The server's own writable files, in bytes. */
  diskSizeLimit: z.optional(bytes),
};

export const ResourceLimits = z.readonly(z.strictObject(resourceLimitFields));
export type ResourceLimits = z.infer<typeof ResourceLimits>;
