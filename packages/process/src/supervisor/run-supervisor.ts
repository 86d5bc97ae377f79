import { rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type LogLine, PotassiumError } from "@potassium/core-types";
import { refreshClaim, releaseClaim, takeClaim } from "../claim/claim-file.js";
import { LogWriter } from "../log/log-writer.js";
import type { RequestFailure, SupervisorRequest } from "../protocol/message.js";
import type { ServerState } from "../protocol/server-state.js";
import type { SupervisorTask } from "../protocol/supervisor-task.js";
import { writeJsonFile } from "../server/json-file.js";
import { serverFolder } from "../server/server-folder.js";
import { identifyProcess, identifySelf, type ProcessIdentity } from "../system/process-identity.js";
import { SpawnError } from "../system/spawn-program.js";
import { ControlSocket } from "./control-socket.js";
import type { StateFile } from "./state-file.js";
import { Supervisor } from "./supervisor.js";

const refreshIntervalMs = 3_600_000;

export interface RunningSupervisor {
  /** The owner's line has ended: without an owner, the server goes too, unless it is detached. */
  readonly ownerGone: () => Promise<void>;
  /** The system asks this process to end. */
  readonly terminate: () => Promise<void>;
}

/** Looks after one server, from its start to its removal. The process ends with it. */
export async function runSupervisor(task: SupervisorTask): Promise<RunningSupervisor> {
  const folder = serverFolder(task.folder);
  const self = await identifySelf();
  let { detached } = task;
  for (const path of task.claims) await takeClaim(path, task.serverId);
  const refresh = () => task.claims.forEach((path) => void refreshClaim(path));
  setInterval(refresh, refreshIntervalMs).unref();

  const log = new LogWriter(folder.logs, task.logLimitBytes);
  const supervisor = new Supervisor(task, {
    onState: (state) => {
      socket.tellState(state);
      save(state);
    },
    onLog: (lines: LogLine[]) => {
      log.append(lines);
      socket.tellLog();
    },
  });

  // The first process' identity is looked up once it runs, and so is saved a moment later.
  let server: ProcessIdentity | null = null;
  const save = (state: ServerState) => {
    if (state.pid !== server?.pid) server = null;
    const file: StateFile = { supervisor: self, server, state, detached };
    try {
      writeJsonFile(folder.state, file);
    } catch (error) {
      // The disk is full: the server goes on all the same.
      complain(error);
    }
    if (state.pid === null || server !== null) return;
    void identifyProcess(state.pid).then((identity) => {
      if (identity === undefined || supervisor.state.pid !== identity.pid) return;
      server = identity;
      save(supervisor.state);
    });
  };

  let removal: Promise<void> | undefined;
  /** Removes all that is left of the server. */
  const remove = (): Promise<void> => {
    removal ??= (async () => {
      await supervisor.kill();
      for (const path of task.claims) await releaseClaim(path, task.serverId);
      log.close();
      rmSync(task.socketPath, { force: true });
      rmSync(task.folder, { recursive: true, force: true, maxRetries: 5 });
    })().catch((error: unknown) => {
      // Something can't be killed, or not removed: another try may.
      removal = undefined;
      throw error;
    });
    return removal;
  };

  const obey = async (request: SupervisorRequest): Promise<void> => {
    switch (request.method) {
      case "start":
        return supervisor.start();
      case "stop":
        return supervisor.stop();
      case "kill":
        return supervisor.kill();
      case "write":
        if (!(await supervisor.write(request.line))) throw notRunning();
        return;
      case "detach":
        detached = true;
        save(supervisor.state);
        return;
      case "follow-log":
        return;
      case "remove":
        await remove();
        // After the answer, which is sent in this turn of the loop.
        setImmediate(() => process.exit(0));
        return;
      default:
        request satisfies never;
    }
  };

  const socket = new ControlSocket({
    path: task.socketPath,
    state: () => supervisor.state,
    obey: (request) => obey(request).then(() => undefined, failureOf),
  });
  save(supervisor.state);
  await socket.listen();

  return {
    ownerGone: async () => {
      if (detached) return;
      await remove();
      if (task.temporaryFolder !== undefined) removeTemporary(task.temporaryFolder);
      process.exit(0);
    },
    terminate: async () => {
      await supervisor.stop();
      if (!detached) await remove();
      process.exit(0);
    },
  };
}

/** Removes the owner's folder, if this was the last server in it. */
function removeTemporary(folder: string): void {
  try {
    rmdirSync(join(folder, "servers"));
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Another server's supervisor is not through yet, and removes it.
  }
}

function notRunning(): PotassiumError {
  return new PotassiumError("NOT_RUNNING", "it does not run");
}

function failureOf(error: unknown): RequestFailure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof SpawnError) return { code: "START_FAILED", message };
  if (error instanceof PotassiumError && error.code === "NOT_RUNNING")
    return { code: "NOT_RUNNING", message };
  return { code: "UNAVAILABLE", message };
}

/** Standard error is the supervisor's own log file. */
function complain(error: unknown): void {
  process.stderr.write(
    `${new Date().toISOString()} ${error instanceof Error ? error.stack : error}\n`,
  );
}
