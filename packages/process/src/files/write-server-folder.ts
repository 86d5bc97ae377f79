import { randomBytes } from "node:crypto";
import { createReadStream, type Stats } from "node:fs";
import { chmod, lstat, mkdir, rename, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type CopyFolderToOptions, ProviderError } from "@potassium/core-types";
import { checkLocalFolder, type FolderEntry, walkFolder } from "@potassium/core-types/provider-kit";
import { findServerPlace } from "./server-file.js";
import { writeServerFile } from "./write-server-file.js";

/**
 * Copies the content of a local folder into one of the server. Each file is put in place as a whole; a
 * failure or abort leaves those that were copied before.
 *
 * @throws {ProviderError} `NOT_FOUND`, `INVALID_ARGUMENT`, `TOO_LARGE`, `IO_ERROR`
 */
export async function writeServerFolder(
  root: string,
  path: string,
  localFolder: string,
  options: CopyFolderToOptions,
): Promise<void> {
  const { signal } = options;
  const local = await checkLocalFolder(localFolder, options);
  const { hostPath, stats } = await findServerPlace(root, path);
  for await (const entry of walkFolder(local.path, signal)) {
    if (stats !== undefined) await checkPlace(join(hostPath, entry.name), entry, path);
  }
  if (stats === undefined) await makeFolder(hostPath, local.mode);
  const top = path === "/" ? "" : path;
  for await (const entry of walkFolder(local.path, signal)) {
    const place = join(hostPath, entry.name);
    // Again, for the server may have changed it; nothing is written through a link.
    const present = await checkPlace(place, entry, path);
    switch (entry.kind) {
      case "folder":
        if (present === undefined) await makeFolder(place, entry.mode);
        break;
      case "link":
        await makeLink(place, entry.target);
        break;
      case "file": {
        const content = createReadStream(entry.hostPath);
        const to = `${top}/${entry.name}`;
        await writeServerFile(root, to, content, { mode: entry.mode, signal });
        break;
      }
      case "socket":
        break;
      case "device or pipe":
        throw new ProviderError("IO_ERROR", `${entry.hostPath} has become a device or pipe`);
      default:
        entry.kind satisfies never;
    }
  }
}

/** What is in an entry's place, which must be of its kind. */
async function checkPlace(
  place: string,
  { name, kind }: FolderEntry,
  path: string,
): Promise<Stats | undefined> {
  const present = await lstat(place).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw error;
  });
  const same =
    present === undefined ||
    kind === "socket" ||
    (kind === "folder" && present.isDirectory()) ||
    (kind === "file" && present.isFile()) ||
    (kind === "link" && present.isSymbolicLink());
  if (same) return present;
  const message = `path: something else than a ${kind} is at ${JSON.stringify(name)} in ${path}`;
  throw new ProviderError("INVALID_ARGUMENT", message, { field: "path" });
}

async function makeFolder(place: string, mode: number): Promise<void> {
  await mkdir(place);
  await chmod(place, mode);
}

async function makeLink(place: string, target: string): Promise<void> {
  const draft = join(dirname(place), `.potassium-${randomBytes(8).toString("hex")}.tmp`);
  await symlink(target, draft);
  try {
    await rename(draft, place);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
