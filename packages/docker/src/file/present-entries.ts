import { posix } from "node:path";
import { walkFolder } from "@potassium/core-types/provider-kit";
import type { OwnContainer } from "../container/containers.js";
import { DockerError } from "../docker-error.js";
import type { Connection } from "../engine/connection.js";
import { type Owner, ownerOf } from "./owner.js";
import { statPath } from "./path-stat.js";
import { readHeader } from "./read-file.js";

/** What of a local folder's entries is there already in a container's, by names below the folder. */
export interface PresentEntries {
  /** The folder itself is `""`. */
  readonly folders: ReadonlySet<string>;
  readonly files: ReadonlyMap<string, Owner & { readonly mode: number }>;
}

/**
 * Looks for each entry whose folder is there: below a new one all is new.
 *
 * @throws {DockerError} `INVALID_ARGUMENT` where something of another kind is in an entry's place.
 */
export async function findPresent(
  connection: Connection,
  { inspected }: OwnContainer,
  path: string,
  root: string,
  signal?: AbortSignal,
): Promise<PresentEntries> {
  const id = inspected.Id;
  const folders = new Set<string>();
  const files = new Map<string, Owner & { readonly mode: number }>();
  const isThere = async (at: string, kind: string) => {
    const stat = await statPath(connection, id, at, signal);
    if (stat === undefined || stat.type === kind) return stat !== undefined;
    throw new DockerError("INVALID_ARGUMENT", `path: ${at} is a ${stat.type}, not a ${kind}`, {
      field: "path",
    });
  };
  if (!(await isThere(path, "folder"))) return { folders, files };
  folders.add("");
  for await (const { name, kind } of walkFolder(root, signal)) {
    const above = posix.dirname(name);
    if (!folders.has(above === "." ? "" : above) || kind === "socket") continue;
    const at = `${path}/${name}`;
    if (!(await isThere(at, kind))) continue;
    if (kind === "folder") folders.add(name);
    if (kind !== "file") continue;
    const header = await readHeader(connection, id, at, signal);
    if (header === undefined) continue;
    const { uid, gid } = await ownerOf(connection, inspected, at, header, signal);
    files.set(name, { mode: header.mode, uid, gid });
  }
  return { folders, files };
}
