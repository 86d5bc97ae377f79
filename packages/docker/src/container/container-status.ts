import type { ServerStatus } from "@potassium/core-types";
import type { InspectedContainer, ListedContainer } from "./engine-container.js";

/** The status of a container in a list, which knows less than an inspection. */
export function listedStatus({ State, Status }: ListedContainer): ServerStatus {
  const text = Status ?? "";
  return statusOf(State, {
    stopped: () => ({ state: "stopped", exitCode: Number(/\((-?\d+)\)/.exec(text)?.[1] ?? 0) }),
    error: text,
  });
}

/** The status of an inspected container. */
export function inspectedStatus({ State }: InspectedContainer): ServerStatus {
  return statusOf(State.Status, {
    stopped: () => ({
      state: "stopped",
      exitCode: State.ExitCode,
      outOfMemory: State.OOMKilled,
      finishedAt: moment(State.FinishedAt),
    }),
    startedAt: moment(State.StartedAt),
    error: State.Error,
  });
}

interface Known {
  readonly stopped: () => ServerStatus;
  readonly startedAt?: string | undefined;
  readonly error: string;
}

/** Docker's words for a container's state, and Podman's. */
function statusOf(word: string, known: Known): ServerStatus {
  switch (word) {
    case "created":
    case "configured":
      return { state: "created" };
    case "initialized":
    case "restarting":
      return { state: "starting" };
    case "running":
      return { state: "running", startedAt: known.startedAt };
    case "paused":
      return { state: "paused" };
    case "stopping":
    case "removing":
      return { state: "stopping" };
    case "exited":
    case "stopped":
      return known.stopped();
    default:
      return { state: "error", message: known.error || `the engine says ${word}` };
  }
}

/** Go's zero time means never. Engines write nanoseconds, and Podman an offset. */
function moment(text: string): string | undefined {
  if (text === "" || text.startsWith("0001-")) return undefined;
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
