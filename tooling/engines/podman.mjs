import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runQuietly } from "../scripts/run.mjs";
import { startEngine } from "./engine-process.mjs";

/**
 * Without CAP_SYS_RESOURCE nobody may raise limits, and Podman asks for it: this takes its wish out before
 * the runtime sees it. With the capability it changes nothing that a game server would notice.
 */
const runtime = `#!/bin/sh
previous=
for word; do
  case $previous in
    --bundle | -b) sed -i 's/"rlimits":\\[[^]]*\\]/"rlimits":[]/' "$word/config.json" ;;
    --process | -p) sed -i 's/"rlimits":\\[[^]]*\\]/"rlimits":[]/' "$word" ;;
  esac
  previous=$word
done
exec runc "$@"
`;

/**
 * A Podman service of its own: data and socket are in `folder`. Needs root, `podman`, `runc`, `netavark` and
 * `catatonit`.
 *
 * @param {string} folder
 */
export async function startPodman(folder) {
  await mkdir(folder, { recursive: true });
  const socket = join(folder, "podman.sock");
  const configuration = join(folder, "containers.conf");
  await writeFile(join(folder, "limitless"), runtime);
  await chmod(join(folder, "limitless"), 0o755);
  await writeFile(
    configuration,
    `[engine]\nruntime = "limitless"\n[engine.runtimes]\nlimitless = ["${join(folder, "limitless")}"]\n`,
  );
  const own = ["--root", join(folder, "data"), "--runroot", join(folder, "run")];
  const engine = await startEngine({
    program: "podman",
    args: [...own, "system", "service", "--time=0", `unix://${socket}`],
    env: { CONTAINERS_CONF: configuration },
    socket,
    log: join(folder, "podman.log"),
  });
  return {
    /** As for DOCKER_HOST. */
    host: `unix://${socket}`,
    /** Ends it and removes its folder. */
    async stop() {
      // Containers are no children of the service: what a test left behind runs on without it.
      const env = { ...process.env, CONTAINERS_CONF: configuration };
      await runQuietly("podman", [...own, "rm", "--all", "--force", "--time", "0"], { env });
      engine.child.kill("SIGTERM");
      await engine.ended;
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}
