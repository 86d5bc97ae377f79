import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Server } from "@potassium/core-types";

/** Runs an example to its end against an engine, and reads what it prints. */
export async function runDockerExample(
  example: string,
  host: string,
): Promise<{ readonly server: Server; readonly servers?: readonly Server[] }> {
  const program = fileURLToPath(new URL(`../dist/${example}.js`, import.meta.url));
  const env = { ...process.env, DOCKER_HOST: host };
  const { stdout } = await promisify(execFile)(process.execPath, [program], {
    env,
    timeout: 50_000,
  });
  return JSON.parse(stdout);
}
