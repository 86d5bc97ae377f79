import { isIP } from "node:net";
import * as z from "zod/mini";
import { OwnLabels } from "./wanted.js";

const text = z.pipe(
  z.nullish(z.string()),
  z.transform((value) => value ?? ""),
);
const labels = z.pipe(
  z.nullish(z.record(z.string(), z.string())),
  z.transform((value) => value ?? {}),
);

/** Engines write "" for none. */
const address = z.nullish(
  z.string().check(z.refine((ip) => ip === "" || isIP(ip) !== 0, "must be an IP address")),
);
const Endpoint = z.object({ IPAddress: address, GlobalIPv6Address: address });
const Networks = z.nullish(z.object({ Networks: z.nullish(z.record(z.string(), Endpoint)) }));

/** A container's places in networks, as engines write them. */
export type EngineNetworks = z.infer<typeof Networks>;

/**
 * A container in the engine's list. There may be thousands, so nothing is changed while they are read, and no
 * labels are looked at but ours.
 */
export const ListedContainer = z.object({
  Id: z.string().check(z.minLength(1)),
  Names: z.array(z.string().check(z.minLength(1))),
  Image: z.string(),
  Labels: z.nullish(OwnLabels),
  /** created, running, paused, restarting, removing, exited, dead; with Podman also initialized, stopping … */
  State: z.string(),
  /** For people: "Exited (137) 2 hours ago". The only place where a list tells the exit code. */
  Status: z.nullish(z.string()),
  NetworkSettings: Networks,
});
export type ListedContainer = z.infer<typeof ListedContainer>;

/** A container as the engine describes it alone. */
export const InspectedContainer = z.object({
  Id: z.string(),
  Name: z.string(),
  /** The program and its arguments; an engine may put its init before them. */
  Path: text,
  Args: z._default(z.array(z.string()), []),
  State: z.object({
    Status: z.string(),
    Running: z._default(z.boolean(), false),
    Restarting: z._default(z.boolean(), false),
    OOMKilled: z._default(z.boolean(), false),
    Pid: z._default(z.number(), 0),
    ExitCode: z._default(z.number(), 0),
    Error: text,
    StartedAt: text,
    FinishedAt: text,
  }),
  Config: z.object({ Image: z.string(), Labels: labels, Tty: z._default(z.boolean(), false) }),
  HostConfig: z.object({
    NanoCpus: z.nullish(z.number()),
    Memory: z.nullish(z.number()),
    MemorySwap: z.nullish(z.number()),
    PidsLimit: z.nullish(z.number()),
    Init: z.nullish(z.boolean()),
  }),
  NetworkSettings: Networks,
});
export type InspectedContainer = z.infer<typeof InspectedContainer>;

/** The name without the slash that some answers put before it. */
export const plainName = (name: string): string => name.replace(/^\//, "");
