import type { CommandLine } from "@potassium/core-types";
import type { CompleteStopPolicy } from "../protocol/supervisor-task.js";
import { processRules } from "../system/process-rules.js";
import { signalNamed } from "../system/signals.js";
import type { ServerProcess } from "./server-process.js";

export interface StopOptions {
  readonly policy: CompleteStopPolicy;
  /** Runs a program inside the server. Rejects where it can't be run or takes too long. */
  readonly exec: (
    command: CommandLine,
    timeoutMs: number,
  ) => Promise<{ readonly exitCode: number }>;
}

/**
 * Stops a server: says the stop command, and if it does not end by that within the grace time, sends
 * the signal, and if not by that within another grace time, kills it. Resolves once nothing of it runs.
 */
export async function stopServer(server: ServerProcess, options: StopOptions): Promise<void> {
  const { policy } = options;
  const { command, graceMs } = policy;
  if (command !== undefined) {
    server.allowGrace(graceMs);
    const said = await Promise.race([say(server, options, graceMs), server.ended.then(() => true)]);
    if (said && (await endsWithin(server, graceMs))) return;
  }
  const signal = signalNamed(policy.signal);
  if (signal !== undefined && processRules().signals) {
    server.signal(signal, graceMs);
    if (await endsWithin(server, graceMs)) return;
  }
  await server.kill();
  await server.ended;
}

/** Whether it could be said: a failed command gives the server no reason to end. */
async function say(
  server: ServerProcess,
  { policy, exec }: StopOptions,
  graceMs: number,
): Promise<boolean> {
  try {
    if (policy.command?.type === "exec") {
      return (await exec(policy.command.command, graceMs)).exitCode === 0;
    }
    if (policy.command?.type === "console") await server.write(policy.command.line);
    return true;
  } catch {
    return false;
  }
}

async function endsWithin(server: ServerProcess, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([late, server.ended.then(() => true)]);
  } finally {
    clearTimeout(timer);
  }
}
