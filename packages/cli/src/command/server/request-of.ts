import type { AllocateRequest } from "@potassium/core-types";
import type { Context } from "../context.js";
import { environmentOf } from "./environment-flag.js";
import type { RequestFlags } from "./request-flags.js";

/** The request that a command line makes. The provider checks it. */
export function requestOf(
  image: string,
  command: readonly string[],
  flags: RequestFlags,
  env: Context["env"],
): AllocateRequest {
  const { stopLine, stopSignal, stopGrace, readiness, readinessTimeout } = flags;
  const hasStop = (stopLine ?? stopSignal ?? stopGrace) !== undefined;
  const hasReadiness = (readiness ?? readinessTimeout) !== undefined;
  return {
    image,
    name: flags.name,
    command: command.length === 0 ? undefined : command,
    ports: flags.port,
    environment: environmentOf(flags.env, env),
    volumes: flags.volume,
    network: flags.network,
    ip: flags.ip,
    ipv6: flags.ipv6,
    aliases: flags.alias,
    labels: flags.label,
    cpuLimit: flags.cpu,
    memoryLimit: flags.memory,
    memorySwap: flags.memorySwap,
    pidsLimit: flags.pids,
    diskIoReadBps: flags.diskRead,
    diskIoWriteBps: flags.diskWrite,
    diskSizeLimit: flags.diskSize,
    restartPolicy: flags.restart,
    stop: hasStop
      ? {
          signal: stopSignal,
          graceMs: stopGrace,
          command: stopLine === undefined ? undefined : { type: "console", line: stopLine },
        }
      : undefined,
    readiness: hasReadiness
      ? { ...(readiness ?? { type: "running" }), timeoutMs: readinessTimeout }
      : undefined,
    idempotencyKey: flags.key,
  };
}
