import type { Edges, SignalName } from "./edges.js";

const signals: readonly SignalName[] = ["SIGINT", "SIGTERM"];

/** The edges of this process. */
export function processEdges(): Edges {
  return {
    argv: process.argv.slice(2),
    env: process.env,
    // Node opens it when it is looked at.
    get stdin() {
      return process.stdin;
    },
    stdout: process.stdout,
    stderr: process.stderr,
    onSignal(listener) {
      for (const signal of signals) process.on(signal, listener);
      return () => {
        for (const signal of signals) process.off(signal, listener);
      };
    },
    exitNow: (code) => process.exit(code),
    now: () => performance.now(),
  };
}
