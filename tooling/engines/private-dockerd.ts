import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { startEngine } from "./engine-process.mjs";
import { type NetworkSpace, networkSpace } from "./network-space.js";

const execute = promisify(execFile);

/** A Docker engine that a test may kill. */
export interface PrivateDockerd extends AsyncDisposable {
  /** As for DOCKER_HOST. */
  readonly host: string;
  readonly kill: () => Promise<void>;
  /** Starts it again, with other options where some are given. */
  readonly restart: (changed?: PrivateDockerdOptions) => Promise<void>;
  /** Where it runs: ports that it publishes are open there, and not here. */
  readonly space: NetworkSpace;
}

export interface PrivateDockerdOptions {
  /** Its containers have a network, which takes a moment longer. @default false */
  readonly network?: boolean;
  /** Its containers run on while it is away. @default false */
  readonly liveRestore?: boolean;
}

/**
 * Starts a Docker engine in a network namespace of its own: an engine removes and makes bridges and rules of the
 * firewall by name, which in the host's namespace are another engine's.
 */
export async function privateDockerd(options: PrivateDockerdOptions = {}): Promise<PrivateDockerd> {
  const space = await networkSpace();
  const folder = await mkdtemp(join(tmpdir(), "potassium-dockerd-"));
  const socket = join(folder, "docker.sock");
  const start = async (chosen: PrivateDockerdOptions) => {
    // A containerd that died with its engine and was not reaped yet passes for a living one.
    await rm(join(folder, "docker.pid"), { force: true });
    await rm(join(folder, "exec", "containerd", "containerd.pid"), { force: true });
    const [program, ...words] = space.prefix;
    const args = [...words, "dockerd", ...argumentsFor(folder, socket, chosen)];
    return startEngine({ program, args, socket, log: join(folder, "dockerd.log") });
  };
  const end = async (signal: NodeJS.Signals) => {
    engine.child.kill(signal);
    await engine.ended;
  };
  let engine = await start(options);
  return {
    host: `unix://${socket}`,
    space,
    kill: () => end("SIGKILL"),
    async restart(changed = {}) {
      engine = await start({ ...options, ...changed });
    },
    async [Symbol.asyncDispose]() {
      if (engine.child.exitCode === null && engine.child.signalCode === null) await end("SIGTERM");
      await space[Symbol.asyncDispose]();
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

function argumentsFor(
  folder: string,
  socket: string,
  { network = false, liveRestore = false }: PrivateDockerdOptions,
): readonly string[] {
  return [
    ...["--data-root", join(folder, "data"), "--exec-root", join(folder, "exec")],
    ...["-p", join(folder, "docker.pid"), "-H", `unix://${socket}`],
    ...(network ? [] : ["--bridge", "none", "--iptables=false", "--ip-forward=false"]),
    ...(liveRestore ? ["--live-restore"] : []),
  ];
}
