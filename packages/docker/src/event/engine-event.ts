import { constants } from "node:os";
import * as z from "zod/mini";

/** An event of the engine about a container. */
export const EngineEvent = z.object({
  Type: z._default(z.string(), "container"),
  Action: z.string(),
  Actor: z.object({ ID: z.string(), Attributes: z.nullish(z.record(z.string(), z.string())) }),
  time: z.number(),
  timeNano: z._default(z.number(), 0),
});
export type EngineEvent = z.infer<typeof EngineEvent>;

/** What an event means, in Docker's words or Podman's. */
export type Meaning =
  | "created"
  | "starting"
  | "running"
  | "stopping"
  | "out-of-memory"
  | "stopped"
  | "removed";

/** @param stopSignal the number or name of the signal that stops this container. */
export function meaningOf({ Action, Actor }: EngineEvent, stopSignal: string): Meaning | undefined {
  switch (Action) {
    case "create":
      return "created";
    case "init":
      return "starting";
    case "start":
      return "running";
    case "oom":
      return "out-of-memory";
    case "kill":
      return isStopSignal(Actor.Attributes?.["signal"], stopSignal) ? "stopping" : undefined;
    case "die":
    case "died":
      return "stopped";
    case "destroy":
    case "remove":
      return "removed";
    default:
      return undefined;
  }
}

function isStopSignal(signal: string | undefined, stopSignal: string): boolean {
  return signal === stopSignal || signal === String(signalNumbers[stopSignal]);
}

const signalNumbers: Readonly<Record<string, number>> = constants.signals;

/** The exit code that an event tells, under the name that its engine has for it. */
export function exitCodeOf({ Actor }: EngineEvent): number | undefined {
  const text = Actor.Attributes?.["exitCode"] ?? Actor.Attributes?.["containerExitCode"];
  return text === undefined || !/^-?\d+$/.test(text) ? undefined : Number(text);
}

/** When it happened, in whole seconds. */
export function secondsOf({ time }: EngineEvent): number {
  // Podman 3 has nanoseconds here.
  return time > 1e12 ? Math.floor(time / 1e9) : time;
}

/** When it happened; Podman has nanoseconds in both fields' stead at times. */
export function timeOf(event: EngineEvent): string {
  return new Date(
    event.timeNano > 0 ? event.timeNano / 1e6 : secondsOf(event) * 1000,
  ).toISOString();
}
