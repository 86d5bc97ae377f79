// `node tooling/engines/with-engines.mjs npm test`: runs a command beside engines of its own, and stops them.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../scripts/run.mjs";
import { startDockerd } from "./dockerd.mjs";
import { startPodman } from "./podman.mjs";
import { startRedis } from "./redis.mjs";

const [program, ...args] = process.argv.slice(2);
if (program === undefined) {
  console.error("usage: node tooling/engines/with-engines.mjs COMMAND [ARGUMENTS]");
  process.exit(2);
}

const folder = await mkdtemp(join(tmpdir(), "potassium-engines-"));
/** @type {{ stop: () => Promise<void> }[]} */
const engines = [];
try {
  const docker = await startDockerd(join(folder, "docker"));
  engines.push(docker);
  const podman = await startPodman(join(folder, "podman"));
  engines.push(podman);
  const redis = await startRedis(join(folder, "redis"));
  engines.push(redis);
  const env = {
    ...process.env,
    POTASSIUM_DOCKER_HOST: docker.host,
    POTASSIUM_PODMAN_HOST: podman.host,
    POTASSIUM_REDIS_URL: redis.url,
  };
  process.exitCode = await run(program, args, { env });
} finally {
  for (const engine of engines.reverse())
    await engine.stop().catch((error) => console.error(String(error)));
  await rm(folder, { recursive: true, force: true });
}
