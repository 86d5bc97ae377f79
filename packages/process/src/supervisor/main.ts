/**
 * The program that looks after one server: it outlives the provider where it is to, and makes sure
 * that the server does not where it is not. The provider starts it, writes its task as a line of JSON
 * to its standard input, and reads "ready" from its standard output.
 */
import { LineDecoder } from "@potassium/core-types/provider-kit";
import { serverMark } from "../images/inherited-variables.js";
import type { SupervisorTask } from "../protocol/supervisor-task.js";
import { killTree } from "../system/kill-tree.js";
import { type RunningSupervisor, runSupervisor } from "./run-supervisor.js";

const decoder = new LineDecoder({ maxLineBytes: 16 * 1024 * 1024 });
let task: SupervisorTask | undefined;
let running: Promise<RunningSupervisor> | undefined;

process.stdin.on("data", (bytes) => {
  const [line] = task === undefined ? decoder.push(bytes) : [];
  if (line === undefined) return;
  const received: SupervisorTask = JSON.parse(line);
  task = received;
  running = runSupervisor(received);
  running.then(() => process.stdout.write("ready\n"), fail);
});
// An owner that was killed closes its end without a word, by an end or by an error.
process.stdin.on("error", ownerGone);
process.stdin.on("close", ownerGone);
// The provider reads one line, and then looks away.
process.stdout.on("error", () => {});

function ownerGone(): void {
  if (running === undefined) process.exit(0);
  running.then(({ ownerGone: obey }) => obey()).catch(fail);
}

process.on("SIGHUP", () => {});
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {
  if (running === undefined) process.exit(0);
  running.then(({ terminate }) => terminate()).catch(fail);
});
process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);

/** A supervisor that can't go on must not leave its server behind. */
function fail(error: unknown): void {
  process.stderr.write(
    `${new Date().toISOString()} ${error instanceof Error ? error.stack : error}\n`,
  );
  const killed =
    task === undefined ? Promise.resolve() : killTree({ variable: serverMark(task.serverId) });
  void Promise.resolve(killed).finally(() => process.exit(70));
}
