import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { startEngine } from "./engine-process.mjs";

/**
 * A Docker engine of its own: data, socket and process ids are in `folder`, nothing of the system's is used.
 * Needs root, `dockerd` and `iptables`.
 *
 * @param {string} folder
 * @param {{ isolated?: boolean }} [options] isolated: without a bridge and firewall rules, so that it can
 *   run beside another one; its containers have no network.
 */
export async function startDockerd(folder, options = {}) {
  await mkdir(folder, { recursive: true });
  const socket = join(folder, "docker.sock");
  const pidFile = join(folder, "docker.pid");
  const start = async () => {
    // A killed engine leaves its own behind.
    await rm(pidFile, { force: true });
    return startEngine({
      program: "dockerd",
      args: [
        ...["--data-root", join(folder, "data"), "--exec-root", join(folder, "exec")],
        ...["-p", pidFile, "-H", `unix://${socket}`],
        ...(options.isolated ? ["--bridge", "none", "--iptables=false", "--ip-forward=false"] : []),
      ],
      socket,
      log: join(folder, "dockerd.log"),
    });
  };
  let engine = await start();
  return {
    /** As for DOCKER_HOST. */
    host: `unix://${socket}`,
    /** Ends it at once, as a crash of the machine's would. Containers run on. */
    async kill() {
      engine.child.kill("SIGKILL");
      await engine.ended;
    },
    /** Starts it again on the same data. */
    async restart() {
      engine = await start();
    },
    /** Ends it and what it has started, and removes its folder. */
    async stop() {
      engine.child.kill("SIGTERM");
      await engine.ended;
      await endProcess(join(folder, "exec", "containerd", "containerd.pid"));
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}

/**
 * An engine that was killed leaves its containerd running.
 *
 * @param {string} pidFile
 */
async function endProcess(pidFile) {
  const pid = Number(await readFile(pidFile, "utf8").catch(() => ""));
  if (!Number.isInteger(pid) || pid <= 0) return;
  const command = await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "");
  if (command.trim() !== "containerd") return;
  process.kill(pid, "SIGTERM");
  for (let wait = 0; wait < 100; wait += 1) {
    if (!(await readFile(`/proc/${pid}/comm`).catch(() => undefined))) return;
    await setTimeout(100);
  }
}
