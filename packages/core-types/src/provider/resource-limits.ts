import * as z from "zod";

const bytes = z.int().min(1);

/** What a server may use at most. Left out means no limit. */
export const resourceLimitFields = {
  /** In cores: 1.5 is one and a half. */
  cpuLimit: z.number().min(0.001).max(10_000).optional(),
  /** Memory, in bytes. */
  memoryLimit: bytes.optional(),
  /** Memory and swap together, in bytes; -1 for swap without limit. */
  memorySwap: z.union([z.literal(-1), bytes]).optional(),
  /** Processes and threads. */
  pidsLimit: z.int().min(1).optional(),
  diskIoReadBps: bytes.optional(),
  diskIoWriteBps: bytes.optional(),
  /** The server's own writable files, in bytes. */
  diskSizeLimit: bytes.optional(),
};

export const ResourceLimits = z.strictObject(resourceLimitFields).readonly();
export type ResourceLimits = z.infer<typeof ResourceLimits>;
