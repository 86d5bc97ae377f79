import { createHash } from "node:crypto";
import { foldPath } from "../document/fold-path.js";
import { unless } from "../fs/file-system-code.js";
import { ManifestError } from "../manifest-error.js";
import { backupFolder, type Course } from "./course.js";
import { shownState } from "./path-state.js";
import type { Places } from "./places.js";
import type { Site } from "./site.js";

/** Removes the folders of a course that are empty by now, and makes those that are needed. */
export async function carryFolders(site: Site, course: Course, places: Places): Promise<void> {
  for (const path of course.rmdirs) {
    if ((await places.look(path)).kind !== "folder") continue;
    // What else is in it belongs to others. A folder that a program holds does no harm either.
    await unless(["ENOTEMPTY", "EEXIST", "BUSY"], () => site.fs.rmdir(`${site.root}/${path}`));
    places.changed(path);
  }
  for (const path of course.mkdirs) await makeFolder(site, course, places, path);
}

async function makeFolder(site: Site, course: Course, places: Places, path: string): Promise<void> {
  const { fs, root } = site;
  const seen = await places.lookForFolder(path);
  const onItsWay = folderOnItsWay(site, course, path);
  await places.expectParents(path);
  if (seen.kind === "folder") {
    if (!("spelled" in seen)) return;
    // Only the case of its name changes, and others' files are in it: it is moved with them, by way of another name.
    await fs.rename(`${root}/${seen.spelled}`, onItsWay);
    places.changed(seen.spelled);
    await fs.rename(onItsWay, `${root}/${path}`);
  } else if (seen.kind === "absent") {
    const waiting = await places.lookAt(onItsWay);
    if (waiting.kind === "folder") await fs.rename(onItsWay, `${root}/${path}`);
    else await fs.mkdir(`${root}/${path}`);
  } else {
    const message = `${path} is ${shownState(seen)}, where a folder is needed`;
    throw new ManifestError("CONFLICT", message, { path });
  }
  places.changed(path);
}

/** The same in both directions, so that either finds it. */
function folderOnItsWay(site: Site, { journal }: Course, path: string): string {
  const key = createHash("sha256").update(foldPath(path)).digest("hex").slice(0, 16);
  return `${backupFolder(site, journal)}/folder-${key}`;
}
