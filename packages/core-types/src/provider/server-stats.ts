import * as z from "zod/mini";
import { Timestamp } from "../json/timestamp.js";

const count = z.number().check(z.minimum(0));

/** What a server uses at the moment. What the provider can't measure is left out. */
export const ServerStats = z.readonly(
  z.object({
    id: z.string(),
    time: Timestamp,
    /** Of one core: 150 is one and a half cores. Measured over a short while before now. */
    cpuPercent: count,
    /** Memory in use, without the page cache. */
    memoryBytes: count,
    /** The same with the page cache, which is given back when it is needed. */
    memoryWithCacheBytes: z.optional(count),
    memoryLimitBytes: z.optional(count),
    /** Since the start. */
    networkReceivedBytes: z.optional(count),
    networkSentBytes: z.optional(count),
    diskReadBytes: z.optional(count),
    diskWrittenBytes: z.optional(count),
    /** Processes and threads. */
    pids: z.optional(count),
  }),
);
export type ServerStats = z.infer<typeof ServerStats>;
