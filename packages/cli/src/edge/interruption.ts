import { setMaxListeners } from "node:events";
import { ExitCode } from "../exit/exit-code.js";
import type { Edges, SignalName } from "./edges.js";

/** Why the work was given up: the reason of the context's signal after a Ctrl-C or SIGTERM. */
export class Interruption extends Error {
  readonly signal: SignalName;

  constructor(signal: SignalName) {
    super(signal === "SIGINT" ? "interrupted" : "asked to end by SIGTERM");
    this.signal = signal;
  }

  get exitCode(): number {
    return exitCodes[this.signal];
  }
}

const exitCodes = { SIGINT: ExitCode.interrupted, SIGTERM: ExitCode.terminated };

/** Turns the first signal into an abort, and ends the process at the second. */
export function watchSignals({ onSignal, exitNow }: Pick<Edges, "onSignal" | "exitNow">) {
  const controller = new AbortController();
  // A verb may have work under way for each of many servers.
  setMaxListeners(0, controller.signal);
  const stop = onSignal((signal) => {
    const interruption = new Interruption(signal);
    if (controller.signal.aborted) exitNow(interruption.exitCode);
    else controller.abort(interruption);
  });
  return { controller, stop };
}
