import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { EngineClient } from "../engine/engine-client.js";
import type { EngineInfo } from "../engine/engine-info.js";

/** What tells where an engine puts its containers: a part of a connection. */
export interface EngineHost {
  readonly client: Pick<EngineClient, "endpoint">;
  readonly info: Pick<EngineInfo, "kind" | "cgroupVersion">;
}

/** Where Linux keeps control groups. */
export const cgroupRoot = "/sys/fs/cgroup";

/** Reads a file of a container's control group; "" where it isn't there. */
export type ReadCgroupFile = (controller: string, file: string) => Promise<string>;

/**
 * Where the kernel may have a container's numbers, the engine being on this machine: nowhere, if it isn't. A
 * container's id is no other's, so what is found is the right one.
 *
 * @returns the places to try, in order. Version 2 has one tree, and takes no notice of the controller.
 */
export function cgroupPlaces(
  { client, info }: EngineHost,
  id: string,
  root: string,
): readonly ReadCgroupFile[] {
  if (client.endpoint.kind !== "socket" || process.platform !== "linux") return [];
  return groups[info.kind](id).map((group) => (controller, file) => {
    const tree = info.cgroupVersion === 2 ? root : join(root, controller);
    return readFile(join(tree, group, file), "utf8").catch(() => "");
  });
}

/** Where engines put containers: by systemd, and by themselves. */
const groups = {
  docker: (id: string) => [`system.slice/docker-${id}.scope`, `docker/${id}`],
  podman: (id: string) => [`machine.slice/libpod-${id}.scope`, `libpod_parent/libpod-${id}`],
};

/** The number that is all of a file, or `undefined` where it is anything else. */
export function wholeNumber(text: string): number | undefined {
  return /^\d+\n?$/.test(text) ? Number(text) : undefined;
}

/** The number behind a word at the beginning of one of a file's lines. */
export function namedNumber(text: string, name: string): number | undefined {
  const digits = new RegExp(`^${name} (\\d+)$`, "m").exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
