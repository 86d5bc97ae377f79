import type { ServerState } from "./server-state.js";

/**
 * What a provider asks of a supervisor:
 * - `start`: answered once the process runs;
 * - `stop`, `kill`: answered once nothing of the server runs;
 * - `write`: a line for the console, answered once the server's pipe has taken it;
 * - `detach`: the server outlives its owner from now on;
 * - `follow-log`: from now on tell when lines are added;
 * - `remove`: kills the server, removes all that belongs to it, and ends the supervisor.
 */
export type SupervisorRequest = { readonly call: number } & (
  | { readonly method: "start" | "stop" | "kill" | "detach" | "follow-log" | "remove" }
  | { readonly method: "write"; readonly line: string }
);

export type SupervisorMethod = SupervisorRequest["method"];

/** Why a supervisor could not do what it was asked. */
export interface RequestFailure {
  readonly code: "START_FAILED" | "NOT_RUNNING" | "UNAVAILABLE" | "IO_ERROR";
  readonly message: string;
}

/** What a supervisor tells. The first message on each connection is the state as it is. */
export type SupervisorMessage =
  | { readonly type: "state"; readonly state: ServerState }
  | { readonly type: "log" }
  | { readonly type: "reply"; readonly call: number; readonly failure?: RequestFailure };

const plainMethods: readonly unknown[] = [
  "start",
  "stop",
  "kill",
  "detach",
  "follow-log",
  "remove",
];

/** @returns `undefined` for what is no request. */
export function parseRequest(text: string): SupervisorRequest | undefined {
  const value = parseJson(text);
  if (value === undefined || !Number.isSafeInteger(value["call"])) return undefined;
  const { method, line } = value;
  const call = Number(value["call"]);
  if (method === "write") return typeof line === "string" ? { call, method, line } : undefined;
  if (!plainMethods.includes(method)) return undefined;
  return { call, method: method as Exclude<SupervisorMethod, "write"> };
}

/** An object of a line of JSON, or `undefined`. */
export function parseJson(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
