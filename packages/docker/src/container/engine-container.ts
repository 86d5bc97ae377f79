import * as z from "zod";

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");
const labels = z
  .record(z.string(), z.string())
  .nullish()
  .transform((value) => value ?? {});

const Endpoint = z.object({ IPAddress: text, GlobalIPv6Address: text });
const Networks = z
  .object({ Networks: z.record(z.string(), Endpoint).nullish() })
  .nullish()
  .transform((settings) => settings?.Networks ?? {});

/** A container in the engine's list. */
export const ListedContainer = z.object({
  Id: z.string(),
  Names: z.array(z.string()),
  Image: z.string(),
  Labels: labels,
  /** created, running, paused, restarting, removing, exited, dead; with Podman also initialized, stopping … */
  State: z.string(),
  /** For people: "Exited (137) 2 hours ago". The only place where a list tells the exit code. */
  Status: text,
  NetworkSettings: Networks,
});
export type ListedContainer = z.infer<typeof ListedContainer>;

/** A container as the engine describes it alone. */
export const InspectedContainer = z.object({
  Id: z.string(),
  Name: z.string(),
  State: z.object({
    Status: z.string(),
    Running: z.boolean().default(false),
    Restarting: z.boolean().default(false),
    OOMKilled: z.boolean().default(false),
    ExitCode: z.number().default(0),
    Error: text,
    StartedAt: text,
    FinishedAt: text,
  }),
  Config: z.object({ Image: z.string(), Labels: labels, Tty: z.boolean().default(false) }),
  HostConfig: z.object({
    NanoCpus: z.number().nullish(),
    Memory: z.number().nullish(),
    MemorySwap: z.number().nullish(),
    PidsLimit: z.number().nullish(),
  }),
  NetworkSettings: Networks,
});
export type InspectedContainer = z.infer<typeof InspectedContainer>;

/** The name without the slash that some answers put before it. */
export const plainName = (name: string): string => name.replace(/^\//, "");
