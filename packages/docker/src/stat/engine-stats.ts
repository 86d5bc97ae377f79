import * as z from "zod/mini";

const count = z.pipe(
  z.nullish(z.number()),
  z.transform((value) => value ?? 0),
);

/** One sample of the engine's, of which Docker and Podman, and cgroup versions 1 and 2, fill different parts. */
export const EngineStats = z.object({
  read: z._default(z.string(), ""),
  cpu_stats: z.object({ cpu_usage: z.object({ total_usage: count }) }),
  memory_stats: z.nullish(
    z.object({
      usage: count,
      limit: count,
      stats: z.nullish(
        z.object({
          inactive_file: z.nullish(z.number()),
          total_inactive_file: z.nullish(z.number()),
        }),
      ),
    }),
  ),
  networks: z.nullish(z.record(z.string(), z.object({ rx_bytes: count, tx_bytes: count }))),
  blkio_stats: z.nullish(
    z.object({
      io_service_bytes_recursive: z.nullish(
        z.array(z.object({ op: z.string(), value: z.number() })),
      ),
    }),
  ),
  pids_stats: z.nullish(z.object({ current: z.nullish(z.number()) })),
});
export type EngineStats = z.infer<typeof EngineStats>;
