import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { startEngine } from "./engine-process.mjs";

/**
 * A Docker engine of its own: data, socket and process ids are in `folder`; the bridge `docker0` and the firewall
 * are the machine's. Needs root, `dockerd` and `iptables`.
 *
 * @param {string} folder
 */
export async function startDockerd(folder) {
  await mkdir(folder, { recursive: true });
  const socket = join(folder, "docker.sock");
  const engine = await startEngine({
    program: "dockerd",
    args: [
      ...["--data-root", join(folder, "data"), "--exec-root", join(folder, "exec")],
      ...["-p", join(folder, "docker.pid"), "-H", `unix://${socket}`],
    ],
    socket,
    log: join(folder, "dockerd.log"),
  });
  return {
    /** As for DOCKER_HOST. */
    host: `unix://${socket}`,
    /** Ends it and what it has started, and removes its folder. */
    async stop() {
      engine.child.kill("SIGTERM");
      await engine.ended;
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}
