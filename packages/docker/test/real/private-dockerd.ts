import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { askRaw } from "./raw-engine.js";
import { until } from "./until.js";

const execute = promisify(execFile);

/** A Docker engine that a test may kill. */
export interface PrivateDockerd extends AsyncDisposable {
  /** As for DOCKER_HOST. */
  readonly host: string;
  readonly kill: () => Promise<void>;
  readonly restart: () => Promise<void>;
}

/**
 * Starts a Docker engine in a network namespace of its own: without a bridge an engine removes `docker0`,
 * which in the host's namespace is another engine's. Its containers have no network.
 */
export async function privateDockerd(): Promise<PrivateDockerd> {
  const folder = await mkdtemp(join(tmpdir(), "potassium-crash-"));
  const host = `unix://${join(folder, "docker.sock")}`;
  const forgetProcesses = async () => {
    // A containerd that died with its engine and was not reaped yet passes for a living one.
    await rm(join(folder, "docker.pid"), { force: true });
    await rm(join(folder, "exec", "containerd", "containerd.pid"), { force: true });
  };
  const answers = () =>
    askRaw(host, "GET", "/_ping").then(
      ({ status }) => status === 200,
      () => false,
    );
  const start = async (): Promise<ChildProcess> => {
    await forgetProcesses();
    const log = openSync(join(folder, "dockerd.log"), "a");
    const child = spawn("unshare", ["--net", "--", "dockerd", ...optionsFor(folder, host)], {
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    await until("the engine", async () => {
      if (child.exitCode === null && child.signalCode === null) return answers();
      throw new Error((await readFile(join(folder, "dockerd.log"), "utf8")).slice(-2000));
    });
    return child;
  };
  const end = async (child: ChildProcess, signal: NodeJS.Signals) => {
    const ended = once(child, "close");
    child.kill(signal);
    await ended;
  };
  let child = await start();
  return {
    host,
    kill: () => end(child, "SIGKILL"),
    async restart() {
      child = await start();
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) await end(child, "SIGTERM");
      await unmountAll(folder);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What an engine that was killed has left mounted, the deepest first. */
async function unmountAll(folder: string): Promise<void> {
  const places = (await readFile("/proc/mounts", "utf8"))
    .split("\n")
    .flatMap((line) => line.split(" ")[1] ?? [])
    .filter((place) => place.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length);
  for (const place of places) await execute("umount", [place]);
}

function optionsFor(folder: string, host: string): readonly string[] {
  return [
    ...["--data-root", join(folder, "data"), "--exec-root", join(folder, "exec")],
    ...["-p", join(folder, "docker.pid"), "-H", host],
    ...["--bridge", "none", "--iptables=false", "--ip-forward=false"],
  ];
}
