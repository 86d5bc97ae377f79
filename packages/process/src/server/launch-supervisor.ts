import { spawn } from "node:child_process";
import { once } from "node:events";
import { open, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { ProviderError } from "@potassium/core-types";
import { defaultInheritedVariables, inheritedVariables } from "../images/inherited-variables.js";
import type { SupervisorTask } from "../protocol/supervisor-task.js";

/** The line to a supervisor by which it learns that its owner is gone. */
export interface Lifeline {
  /** Resolves once the supervisor's process has ended. */
  exited(): Promise<unknown>;
  /** Lets go. A supervisor whose server is not detached takes this for the owner's end. */
  close(): void;
}

/** All of the package is built into one folder, whichever file of it this ends up in. */
const program = fileURLToPath(new URL("./supervisor.js", import.meta.url));

const readyDeadlineMs = 30_000;

/**
 * Starts a supervisor, in a session of its own so that a Ctrl-C at the owner's terminal does not reach
 * it, and resolves once it listens on its socket.
 *
 * @param logPath the file for what the supervisor itself has to complain about.
 */
export async function launchSupervisor(task: SupervisorTask, logPath: string): Promise<Lifeline> {
  const log = await open(logPath, "a", 0o600);
  try {
    const child = spawn(process.execPath, [program, task.serverId], {
      cwd: tmpdir(),
      detached: true,
      windowsHide: true,
      stdio: ["pipe", "pipe", log.fd],
      env: {
        ...inheritedVariables(process.env, defaultInheritedVariables),
        // An Electron application is no Node otherwise.
        ...("electron" in process.versions ? { ELECTRON_RUN_AS_NODE: "1" } : {}),
      },
    });
    await once(child, "spawn");
    const exited = once(child, "exit").catch(() => {});
    const { stdin, stdout } = child;
    if (stdin === null || stdout === null) throw new Error("it has no pipes");
    stdin.on("error", () => {});
    stdin.write(`${JSON.stringify(task)}\n`);
    const deadline = setTimeout(() => child.kill("SIGKILL"), readyDeadlineMs);
    try {
      const ready = await Promise.race([once(stdout, "data"), exited.then(() => undefined)]);
      if (ready === undefined) throw new Error(await readFile(logPath, "utf8"));
    } finally {
      clearTimeout(deadline);
      stdout.destroy();
    }
    child.unref();
    return {
      exited: () => {
        // Who waits for it wants to be alive when it comes.
        child.ref();
        return exited;
      },
      close: () => stdin.destroy(),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ProviderError(
      "START_FAILED",
      `the server's supervisor could not be started: ${reason}`,
      {
        cause: error,
      },
    );
  } finally {
    await log.close();
  }
}
