import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { request } from "node:http";
import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";

/**
 * Starts an engine and waits until it answers on its socket.
 *
 * @param {{ program: string, args: string[], env?: NodeJS.ProcessEnv, socket: string, log: string }} options
 */
export async function startEngine({ program, args, env, socket, log }) {
  const output = openSync(log, "a");
  const child = spawn(program, args, {
    // Engines leave files where they run: conmon an empty "oom" beside a container that ran out of memory.
    cwd: dirname(log),
    env: { ...process.env, ...env },
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  const ended = once(child, "close").catch(() => {});
  const deadline = Date.now() + 60_000;
  while (!(await answers(socket))) {
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
      child.kill("SIGKILL");
      throw new Error(`${program} did not start:\n${(await readFile(log, "utf8")).slice(-3000)}`);
    }
    await setTimeout(100);
  }
  return { child, ended };
}

/** @param {string} socket */
function answers(socket) {
  return new Promise((resolve) => {
    const ping = request({ socketPath: socket, path: "/_ping" }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    ping.once("error", () => resolve(false));
    ping.end();
  });
}
