import * as z from "zod/mini";
import { goOptional } from "../json/go-optional.js";
import type { ResourceLimits } from "./resource-limits.js";

/** Resource limits under the Go library's names, 0 for none. */
export function resourceLimitWireFields() {
  const limit = goOptional(z.number());
  return {
    cpu_limit: limit,
    memory_limit: limit,
    memory_swap: limit,
    pids_limit: limit,
    disk_io_read_bps: limit,
    disk_io_write_bps: limit,
    disk_size_limit: limit,
  };
}

type LimitsWire = {
  [Field in keyof ReturnType<typeof resourceLimitWireFields>]?: number | undefined;
};

export function limitsFromWire(wire: LimitsWire): ResourceLimits {
  return {
    cpuLimit: wire.cpu_limit,
    memoryLimit: wire.memory_limit,
    memorySwap: wire.memory_swap,
    pidsLimit: wire.pids_limit,
    diskIoReadBps: wire.disk_io_read_bps,
    diskIoWriteBps: wire.disk_io_write_bps,
    diskSizeLimit: wire.disk_size_limit,
  };
}

export function limitsToWire(limits: ResourceLimits): LimitsWire {
  return {
    cpu_limit: limits.cpuLimit,
    memory_limit: limits.memoryLimit,
    memory_swap: limits.memorySwap,
    pids_limit: limits.pidsLimit,
    disk_io_read_bps: limits.diskIoReadBps,
    disk_io_write_bps: limits.diskIoWriteBps,
    disk_size_limit: limits.diskSizeLimit,
  };
}
