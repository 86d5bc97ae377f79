import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { delay, type LogLine } from "@potassium/core-types";
import { LineDecoder } from "@potassium/core-types/provider-kit";
import { serverMark } from "../images/inherited-variables.js";
import type { SupervisorTask } from "../protocol/supervisor-task.js";
import { killTree, sendSignal } from "../system/kill-tree.js";
import { processRules } from "../system/process-rules.js";
import { readProcessTable } from "../system/process-table.js";
import type { TreeMark } from "../system/process-tree.js";
import { exitCodeOf } from "../system/signals.js";
import { spawnProgram } from "../system/spawn-program.js";

/** How long a pipe is read that a process outside the tree still holds, after the tree has ended. */
const lateOutputMs = 1000;
/** What may wait for a server that doesn't read its console. */
const maxUnreadBytes = 1024 * 1024;

/** One run of a server: its first process and all that come from it. */
export class ServerProcess {
  readonly pid: number;
  /** The exit code, once nothing of the server runs and all that it said is in the log. */
  readonly ended: Promise<number>;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #mark: TreeMark;
  /** Until when processes that outlive the first one are left to end by themselves. */
  #graceEndsAt = 0;

  /** @throws {SpawnError} */
  static async start(
    task: SupervisorTask,
    log: (lines: LogLine[]) => void,
  ): Promise<ServerProcess> {
    const child = await spawnProgram(task.program, {
      workingDirectory: task.workingDirectory,
      environment: { ...task.environment, [serverMark(task.serverId)]: "1" },
    });
    return new ServerProcess(child, serverMark(task.serverId), log);
  }

  private constructor(
    child: ChildProcessWithoutNullStreams,
    variable: string,
    log: (lines: LogLine[]) => void,
  ) {
    this.pid = child.pid ?? 0;
    this.#child = child;
    this.#mark = { variable, group: this.pid };
    // Its end shows by its exit; a write to it fails on its own.
    child.stdin.on("error", () => {});
    const flushed = (["stdout", "stderr"] as const).map((name) =>
      logStream(child[name], name, log),
    );
    this.ended = this.#end(Promise.all(flushed));
  }

  /** Writes a line to the console. Resolves once the pipe has taken it. */
  write(line: string): Promise<void> {
    const { stdin } = this.#child;
    return new Promise((resolve, reject) => {
      if (stdin.destroyed || !stdin.writable) reject(new Error("it has closed its console"));
      else if (stdin.writableLength > maxUnreadBytes)
        reject(new Error("it does not read its console"));
      else stdin.write(`${line}\n`, (error) => (error ? reject(error) : resolve()));
    });
  }

  /**
   * Asks the server's whole process group to end, as a service manager does: a shell script that starts
   * the game would not pass the signal on. What does not end within the grace time is killed.
   */
  signal(name: NodeJS.Signals, graceMs: number): void {
    this.allowGrace(graceMs);
    sendSignal(-this.pid, name);
  }

  /** Leaves processes that outlive the first one so much time from now. */
  allowGrace(graceMs: number): void {
    this.#graceEndsAt = performance.now() + graceMs;
  }

  /** Kills all that runs of the server. */
  async kill(): Promise<void> {
    this.#graceEndsAt = 0;
    const left = await killTree(this.#mark);
    if (left.length > 0) throw new Error(`processes ${left.join(", ")} can't be killed`);
  }

  async #end(flushed: Promise<unknown>): Promise<number> {
    const [code, signal] = await once(this.#child, "exit");
    while (performance.now() < this.#graceEndsAt && (await this.#groupRuns())) await delay(20);
    await killTree(this.#mark);
    const late = setTimeout(() => {
      this.#child.stdout.destroy();
      this.#child.stderr.destroy();
    }, lateOutputMs);
    await flushed;
    clearTimeout(late);
    this.#child.stdin.destroy();
    return exitCodeOf(code, signal);
  }

  async #groupRuns(): Promise<boolean> {
    if (!processRules().groups) return false;
    return (await readProcessTable()).some(({ group }) => group === this.pid);
  }
}

/** Resolves once the stream has ended and its last line is in the log. */
async function logStream(
  source: NodeJS.ReadableStream,
  stream: LogLine["stream"],
  log: (lines: LogLine[]) => void,
): Promise<void> {
  const decoder = new LineDecoder();
  const add = (texts: string[]) => {
    const time = new Date().toISOString();
    if (texts.length > 0) log(texts.map((text) => ({ stream, text, time })));
  };
  source.on("data", (bytes: Uint8Array) => add(decoder.push(bytes)));
  source.on("error", () => {});
  await new Promise((resolve) => source.once("close", resolve));
  add(decoder.end());
}
