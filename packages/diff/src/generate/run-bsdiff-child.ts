import { type ChildProcess, fork } from "node:child_process";
import type { AbortOptions } from "@potassium/core-types";
import type { BsdiffJob, BsdiffReport } from "./bsdiff-job.js";

/** How the child process ended: by one of its last words, or without one. */
export type ChildEnd =
  | Extract<BsdiffReport, { state: "done" | "failed" | "unloadable" }>
  | { readonly state: "unstarted"; readonly cause: unknown }
  | {
      readonly state: "died";
      /** Whether bsdiff-node was loaded by then. */
      readonly loaded: boolean;
      readonly exitCode: number | null;
      readonly signal: NodeJS.Signals | null;
      /** The end of what it wrote to its standard error. */
      readonly stderr: string;
    };

export interface RunBsdiffOptions extends AbortOptions {
  /** The program of the child process. */
  readonly program: string;
  /** Its working folder. */
  readonly folder: string;
  readonly onPercent: (percent: number) => void;
}

const maxStderrLength = 4000;

/**
 * Makes one patch in a child process, of which nothing runs any more once this settles. Rejects with
 * `signal.reason`, or with what `onPercent` throws.
 */
export function runBsdiffChild(job: BsdiffJob, options: RunBsdiffOptions): Promise<ChildEnd> {
  const { signal, onPercent } = options;
  return new Promise((resolve, reject) => {
    let child: ChildProcess;
    try {
      child = start(options);
    } catch (cause) {
      resolve({ state: "unstarted", cause });
      return;
    }
    let loaded = false;
    let stderr = "";
    let settle: (() => void) | undefined;
    // The promise settles when the process is gone, by what stopped it first.
    const stop = (how: () => void) => {
      settle ??= how;
      child.kill("SIGKILL");
    };
    const onAbort = () => stop(() => reject(signal?.reason));
    const onReport = (report: BsdiffReport) => {
      switch (report.state) {
        case "loaded":
          loaded = true;
          return;
        case "matching":
          onPercent(report.percent);
          return;
        case "done":
        case "failed":
        case "unloadable":
          return stop(() => resolve(report));
        default:
          return report satisfies never;
      }
    };
    child.on("message", (report) => {
      if (settle !== undefined) return;
      try {
        onReport(report as BsdiffReport);
      } catch (error) {
        stop(() => reject(error));
      }
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      stderr = (stderr + text).slice(-maxStderrLength);
    });
    child.on("error", (cause) => {
      // Without a process there may be no "close"; with one it comes.
      if (child.pid === undefined) end(() => resolve({ state: "unstarted", cause }));
    });
    child.on("close", (exitCode, killedBy) =>
      end(() => resolve({ state: "died", loaded, exitCode, signal: killedBy, stderr })),
    );
    const end = (otherwise: () => void) => {
      signal?.removeEventListener("abort", onAbort);
      (settle ?? otherwise)();
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    if (signal?.aborted) onAbort();
    // A child that is dead by now tells by its "close".
    else if (child.pid !== undefined) child.send(job, () => {});
  });
}

function start({ program, folder }: RunBsdiffOptions): ChildProcess {
  return fork(program, [], {
    cwd: folder,
    execArgv: [],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    env: {
      ...inherited(),
      // An Electron application is no Node otherwise.
      ...("electron" in process.versions ? { ELECTRON_RUN_AS_NODE: "1" } : {}),
    },
  });
}

/** What the loader of programs needs. The rest of the environment, with its secrets, stays here. */
function inherited(): NodeJS.ProcessEnv {
  const names = ["SystemRoot", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"];
  return Object.fromEntries(
    names.flatMap((name) => (name in process.env ? [[name, process.env[name]]] : [])),
  );
}
