import { dirname } from "node:path";
import { linkDestination } from "@potassium/core-types";
import { nothingThere, unless } from "../fs/file-system-code.js";
import { syncFolder } from "../fs/sync.js";
import { carryFolders } from "./carry-folders.js";
import type { Course, Passage } from "./course.js";
import { conflict, isDone } from "./passage-state.js";
import { sameContent } from "./path-state.js";
import type { Places } from "./places.js";
import { type LinkType, publish } from "./publish.js";
import { addName } from "./second-name.js";
import type { Site } from "./site.js";

/**
 * Brings every path of a course to where it leads. What is there already is passed over, by its hash, so
 * that it can be cut off anywhere and carried out again, in either direction. At its end the change lasts
 * through a power failure.
 *
 * Removals come first, so that a file can take a folder's place and a name can change its case alone;
 * links come last, so that nothing is ever written through one.
 *
 * @throws `CONFLICT`, `UNSAFE_PLACE`, `BUSY`, and what the file system throws
 */
export async function carryOut(
  site: Site,
  course: Course,
  places: Places,
  onPassage?: (passage: Passage) => void,
): Promise<void> {
  const { passages, keepFolder } = course;
  const removals = passages.filter(({ to }) => to.kind === "absent");
  const files = passages.filter(({ to }) => to.kind === "file");
  const links = passages.filter(({ to }) => to.kind === "link");

  // A second name of everything that goes, made durable before the first name is taken away.
  const keepsFirst = !site.windows && (await keepAll(site, passages, places));
  if (keepsFirst && keepFolder !== undefined) await syncFolder(site, keepFolder);

  for (const passage of removals) await pass(passage);
  await carryFolders(site, course, places);
  for (const passage of [...files, ...links]) await pass(passage);
  for (const folder of await touchedFolders(site, course)) await syncFolder(site, folder);
  if (!keepsFirst && keepFolder !== undefined) await syncFolder(site, keepFolder);

  async function pass(passage: Passage): Promise<void> {
    await carry(site, passage, places, linkType);
    onPassage?.(passage);
  }

  /** What Windows must know of a link. */
  function linkType({ path }: Passage, target: string): "dir" | "file" {
    const place = linkDestination(path, target);
    const inside = `${place}/`;
    return place === "" || passages.some((other) => other.path.startsWith(inside)) ? "dir" : "file";
  }
}

/** Whether this system takes second names for files. */
async function keepAll(site: Site, passages: readonly Passage[], places: Places): Promise<boolean> {
  for (const passage of passages) {
    const { path, from, keep } = passage;
    if (from.kind !== "file") continue;
    const seen = await places.look(path);
    if (isDone(seen, passage) || !sameContent(seen, from)) continue;
    const kept = await places.lookAt(keep);
    if (sameContent(kept, from)) continue;
    if (kept.kind !== "absent") await site.fs.unlink(keep);
    if (!(await addName(site, places, `${site.root}/${path}`, keep))) return false;
  }
  return true;
}

async function carry(
  site: Site,
  passage: Passage,
  places: Places,
  linkType: LinkType,
): Promise<void> {
  const { fs, root, windows } = site;
  const { path, from, to, keep } = passage;
  const seen = await places.look(path);
  if (isDone(seen, passage)) return;
  if (seen.kind !== "absent" && !sameContent(seen, from)) throw conflict(passage, seen);

  const place = `${root}/${path}`;
  const kept = seen.kind === "file" && sameContent(await places.lookAt(keep), seen);
  if (to.kind === "absent" && (kept || seen.kind === "link")) {
    await fs.unlink(place);
  } else if (seen.kind === "file" && (windows || !kept)) {
    // POSIX replaces a file as one step. Windows refuses it where somebody has it open, but lets it be moved.
    await setAside();
  } else if (seen.kind === "link" && windows) {
    await fs.unlink(place);
  }
  if (to.kind !== "absent") await publish(site, passage, places, linkType);
  places.changed(path);

  async function setAside(): Promise<void> {
    // Two names of one file would make a rename do nothing.
    if ((await places.lookAt(keep)).kind !== "absent") await fs.unlink(keep);
    await fs.rename(place, keep);
    await places.relinked(keep);
  }
}

/** The folders whose entries changed, those below before those above. */
async function touchedFolders(
  site: Site,
  { passages, mkdirs, rmdirs }: Course,
): Promise<readonly string[]> {
  const paths = [...passages.map(({ path }) => path), ...mkdirs, ...rmdirs];
  const parents = new Set(paths.map((path) => dirname(path)));
  const folders: string[] = [];
  for (const parent of [...parents].sort().reverse()) {
    const folder = parent === "." ? site.root : `${site.root}/${parent}`;
    const status = await unless(nothingThere, () => site.fs.lstat(folder));
    if (status?.isDirectory()) folders.push(folder);
  }
  return folders;
}
