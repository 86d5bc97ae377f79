import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

/**
 * A Redis server of its own on a free port of the loopback: its data are in `folder`. Needs `redis-server`.
 *
 * @param {string} folder
 * @param {readonly string[]} [args] more options: `["--appendonly", "yes"]`. It keeps nothing without.
 */
export async function startRedis(folder, args = []) {
  await mkdir(folder, { recursive: true });
  const port = await freePort();
  let running = await startOn(folder, port, args);
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    /** Ends it at once, as a crash does. */
    async kill() {
      running.child.kill("SIGKILL");
      await running.ended;
    },
    /** Starts it again, on the same port and with the data that it has kept. */
    async start() {
      running = await startOn(folder, port, args);
    },
    /** Holds it up, as a machine does that has no time for it. */
    pause() {
      running.child.kill("SIGSTOP");
    },
    resume() {
      running.child.kill("SIGCONT");
    },
    /** Ends it and removes its folder. */
    async stop() {
      running.child.kill("SIGKILL");
      await running.ended;
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

/**
 * @param {string} folder
 * @param {number} port
 * @param {readonly string[]} args
 */
async function startOn(folder, port, args) {
  const log = join(folder, "redis.log");
  const output = openSync(log, "a");
  const own = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", ""];
  const child = spawn("redis-server", [...own, ...args], { stdio: ["ignore", output, output] });
  closeSync(output);
  const ended = once(child, "close").catch(() => {});
  if (child.pid === undefined) throw new Error("redis-server could not be run: install it");
  // A test process that is killed leaves no server behind where it still can help it.
  const onExit = () => child.kill("SIGKILL");
  process.once("exit", onExit);
  void ended.then(() => process.off("exit", onExit));
  const deadline = Date.now() + 30_000;
  while (!(await answers(port))) {
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
      child.kill("SIGKILL");
      throw new Error(`redis-server did not start:\n${(await readFile(log, "utf8")).slice(-3000)}`);
    }
    await setTimeout(20);
  }
  return { child, ended };
}

/**
 * Whether it takes commands: while it reads its data it answers with LOADING; -NOAUTH is an answer too.
 *
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function answers(port) {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port }, () => socket.write("PING\r\n"));
    socket.once("data", (data) => {
      socket.destroy();
      resolve(!String(data).startsWith("-LOADING"));
    });
    socket.once("error", () => resolve(false));
    socket.once("close", () => resolve(false));
  });
}

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
