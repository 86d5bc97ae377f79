import { readFile } from "node:fs/promises";

/** What `/proc/<pid>/stat` says of a process. */
export interface ProcessStat {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** One letter; `Z` has ended and waits to be reaped. */
  readonly state: string;
  /** Time on processors, in clock ticks. */
  readonly cpuTicks: number;
  readonly threads: number;
  /** Since the system's start, in clock ticks. */
  readonly startTicks: string;
  readonly residentPages: number;
}

/** @returns `undefined` where there is no such process. */
export async function readProcessStat(pid: number): Promise<ProcessStat | undefined> {
  try {
    return parseProcessStat(await readFile(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return undefined;
  }
}

/** @see proc_pid_stat(5) */
export function parseProcessStat(text: string): ProcessStat | undefined {
  // The second field is the program's name in parentheses, and may hold blanks and parentheses.
  const nameEnd = text.lastIndexOf(")");
  const pid = Number.parseInt(text, 10);
  const fields = text.slice(nameEnd + 2).split(" ");
  if (nameEnd === -1 || Number.isNaN(pid) || fields.length < 22) return undefined;
  const field = (number: number) => fields[number - 3] ?? "";
  return {
    pid,
    state: field(3),
    parent: Number(field(4)),
    group: Number(field(5)),
    cpuTicks: Number(field(14)) + Number(field(15)),
    threads: Number(field(20)),
    startTicks: field(22),
    residentPages: Number(field(24)),
  };
}
