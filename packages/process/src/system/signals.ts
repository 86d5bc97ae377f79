import { constants } from "node:os";

/** The exit code of a process that ended by itself or by a signal: then 128 plus the signal's number. */
export function exitCodeOf(code: number | null, signal: NodeJS.Signals | null): number {
  if (code !== null) return code;
  return 128 + (signal === null ? 0 : constants.signals[signal]);
}

/** The signal with this name, or `undefined` where this system has none such. */
export function signalNamed(name: string): NodeJS.Signals | undefined {
  return Object.hasOwn(constants.signals, name) ? (name as NodeJS.Signals) : undefined;
}
