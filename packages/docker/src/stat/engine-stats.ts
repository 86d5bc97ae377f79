import * as z from "zod";

const count = z
  .number()
  .nullish()
  .transform((value) => value ?? 0);

/** One sample of the engine's, of which Docker and Podman, and cgroup versions 1 and 2, fill different parts. */
export const EngineStats = z.object({
  read: z.string().default(""),
  cpu_stats: z.object({ cpu_usage: z.object({ total_usage: count }) }),
  memory_stats: z
    .object({
      usage: count,
      limit: count,
      stats: z
        .object({ inactive_file: z.number().nullish(), total_inactive_file: z.number().nullish() })
        .nullish(),
    })
    .nullish(),
  networks: z.record(z.string(), z.object({ rx_bytes: count, tx_bytes: count })).nullish(),
  blkio_stats: z
    .object({
      io_service_bytes_recursive: z
        .array(z.object({ op: z.string(), value: z.number() }))
        .nullish(),
    })
    .nullish(),
  pids_stats: z.object({ current: z.number().nullish() }).nullish(),
});
export type EngineStats = z.infer<typeof EngineStats>;
