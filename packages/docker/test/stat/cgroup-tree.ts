import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { EngineHost } from "../../src/stat/cgroup-files.js";
import { temporaryFolder } from "../fake-engine/temporary-folder.js";

/** A folder that stands in for the kernel's, with these files. */
export async function cgroupTree(files: Readonly<Record<string, string>>) {
  const folder = await temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder.path, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return folder;
}

/** An engine on this machine. */
export function engineHere(kind: "docker" | "podman", cgroupVersion: 1 | 2): EngineHost {
  return {
    client: { endpoint: { kind: "socket", path: "/run/engine.sock" } },
    info: { kind, cgroupVersion },
  };
}

/** The same engine on another machine. */
export function elsewhere({ info }: EngineHost): EngineHost {
  return { client: { endpoint: { kind: "tcp", host: "10.0.0.5", port: 2376 } }, info };
}
