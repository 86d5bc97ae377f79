import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { type AbortOptions, delay } from "@potassium/core-types";
import { readProcessStat } from "./process-stat.js";
import { findTree, type TreeMark } from "./process-tree.js";

/** What the processes of a tree use together. */
export interface TreeUsage {
  /** Of one core, over the last moment. */
  readonly cpuPercent: number;
  readonly memoryBytes: number;
  /** Processes and threads. */
  readonly pids: number;
  /** Of the processes that run now, since their start; left out where the system doesn't tell. */
  readonly disk?: { readonly readBytes: number; readonly writtenBytes: number };
}

/** Over this long processor time is measured: 20 of the system's ticks. */
const windowMs = 200;

/** Measures a tree by Linux' `/proc`. @returns `undefined` where nothing of it runs. */
export async function measureTree(
  mark: TreeMark,
  options: AbortOptions,
): Promise<TreeUsage | undefined> {
  const before = await readTicks(await findTree(mark));
  const started = performance.now();
  await delay(windowMs, options);
  const pids = await findTree(mark);
  const stats = (await Promise.all(pids.map(readProcessStat))).filter((stat) => stat !== undefined);
  const elapsedMs = performance.now() - started;
  if (stats.length === 0) return undefined;
  const { ticksPerSecond, pageBytes } = await systemUnits();
  // A process that is new since has used all of its time since.
  const ticks = sum(stats, (stat) => stat.cpuTicks - (before.get(stat.pid) ?? 0));
  const disk = await readDisk(pids);
  return {
    cpuPercent: Math.max(0, ((ticks / ticksPerSecond) * 1000 * 100) / elapsedMs),
    memoryBytes: sum(stats, (stat) => stat.residentPages) * pageBytes,
    pids: sum(stats, (stat) => stat.threads),
    ...(disk === undefined ? {} : { disk }),
  };
}

async function readTicks(pids: readonly number[]): Promise<Map<number, number>> {
  const stats = await Promise.all(pids.map(readProcessStat));
  return new Map(stats.flatMap((stat) => (stat === undefined ? [] : [[stat.pid, stat.cpuTicks]])));
}

async function readDisk(pids: readonly number[]): Promise<TreeUsage["disk"]> {
  const texts = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/io`, "utf8").catch(() => undefined)),
  );
  const known = texts.filter((text) => text !== undefined);
  if (known.length === 0) return undefined;
  const field = (text: string, name: string) =>
    Number(new RegExp(`^${name}: (\\d+)$`, "m").exec(text)?.[1] ?? 0);
  return {
    readBytes: sum(known, (text) => field(text, "read_bytes")),
    writtenBytes: sum(known, (text) => field(text, "write_bytes")),
  };
}

interface SystemUnits {
  readonly ticksPerSecond: number;
  readonly pageBytes: number;
}

let units: Promise<SystemUnits> | undefined;

/** Pages are larger on some ARM systems. Where `getconf` is missing, what most systems have. */
function systemUnits(): Promise<SystemUnits> {
  units ??= Promise.all([configured("CLK_TCK", 100), configured("PAGE_SIZE", 4096)]).then(
    ([ticksPerSecond, pageBytes]) => ({ ticksPerSecond, pageBytes }),
  );
  return units;
}

async function configured(name: string, fallback: number): Promise<number> {
  const output = await promisify(execFile)("getconf", [name]).catch(() => undefined);
  return Number(output?.stdout) || fallback;
}

function sum<T>(items: readonly T[], amount: (item: T) => number): number {
  return items.reduce((total, item) => total + amount(item), 0);
}
