import * as z from "zod";
import { Timestamp } from "../json/timestamp.js";

const count = z.number().min(0);

/** What a server uses at the moment. What the provider can't measure is left out. */
export const ServerStats = z
  .object({
    id: z.string(),
    time: Timestamp,
    /** Of one core: 150 is one and a half cores. Measured over a short while before now. */
    cpuPercent: count,
    /** Memory in use, without the page cache. */
    memoryBytes: count,
    memoryLimitBytes: count.optional(),
    /** Since the start. */
    networkReceivedBytes: count.optional(),
    networkSentBytes: count.optional(),
    diskReadBytes: count.optional(),
    diskWrittenBytes: count.optional(),
    /** Processes and threads. */
    pids: count.optional(),
  })
  .readonly();
export type ServerStats = z.infer<typeof ServerStats>;
