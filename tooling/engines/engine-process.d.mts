import type { ChildProcess } from "node:child_process";

/** Starts an engine and waits until it answers on its socket. */
export function startEngine(options: {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly socket: string;
  readonly log: string;
}): Promise<{ readonly child: ChildProcess; readonly ended: Promise<unknown> }>;
