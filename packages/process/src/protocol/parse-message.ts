import { parseInput, ServerStatus } from "@potassium/core-types";
import { parseJson, type RequestFailure, type SupervisorMessage } from "./message.js";
import type { ServerState } from "./server-state.js";

/** @returns `undefined` for what is no message, or one of a kind that this version doesn't know. */
export function parseMessage(text: string): SupervisorMessage | undefined {
  const value = parseJson(text);
  switch (value?.["type"]) {
    case "log":
      return { type: "log" };
    case "state": {
      const state = parseServerState(value["state"]);
      return state && { type: "state", state };
    }
    case "reply": {
      const failure = parseFailure(value["failure"]);
      const call = Number(value["call"]);
      return { type: "reply", call, ...(failure === undefined ? {} : { failure }) };
    }
    default:
      return undefined;
  }
}

/** @returns `undefined` for what is no state. */
export function parseServerState(value: unknown): ServerState | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { status, time, willRestart, pid } = value as Record<string, unknown>;
  if (typeof time !== "string") return undefined;
  try {
    return {
      status: parseInput(ServerStatus, status, "server state"),
      time,
      willRestart: willRestart === true,
      pid: typeof pid === "number" && Number.isSafeInteger(pid) && pid > 0 ? pid : null,
    };
  } catch {
    return undefined;
  }
}

function parseFailure(value: unknown): RequestFailure | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { code, message } = value as Record<string, unknown>;
  const known = code === "START_FAILED" || code === "NOT_RUNNING" || code === "UNAVAILABLE";
  return { code: known ? code : "IO_ERROR", message: String(message) };
}
