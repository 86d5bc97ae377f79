import { backOffMs, type RestartPolicy } from "@potassium/core-types";
import type { RestartBackOff } from "../protocol/supervisor-task.js";

/** A server that ran so long has started well: what fails later counts anew. */
const stableAfterMs = 10_000;

/** An end of a server that nobody asked for. */
export interface UnwantedEnd {
  readonly exitCode: number;
  readonly ranMs: number;
  /** How many times in a row it has been started again before. */
  readonly restarts: number;
}

export type RestartDecision =
  | { readonly restart: false }
  | { readonly restart: true; readonly delayMs: number; readonly restarts: number };

/** Whether, and after which wait, the policy starts the server again. */
export function decideRestart(
  policy: RestartPolicy,
  end: UnwantedEnd,
  backOff: RestartBackOff,
  random?: () => number,
): RestartDecision {
  const restarts = (end.ranMs >= stableAfterMs ? 0 : end.restarts) + 1;
  if (!allows(policy, end.exitCode, restarts)) return { restart: false };
  return { restart: true, restarts, delayMs: backOffMs(restarts, { ...backOff, random }) };
}

function allows(policy: RestartPolicy, exitCode: number, restarts: number): boolean {
  switch (policy.name) {
    case "no":
      return false;
    case "always":
    case "unless-stopped":
      return true;
    case "on-failure":
      return exitCode !== 0 && restarts <= (policy.maxRetries ?? Number.POSITIVE_INFINITY);
    default:
      return policy satisfies never;
  }
}
