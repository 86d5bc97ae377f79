import { constants } from "node:fs";
import { unless } from "../fs/file-system-code.js";
import { ManifestError } from "../manifest-error.js";
import type { Passage } from "./course.js";
import { makeDurable } from "./make-durable.js";
import { sameState, shownState } from "./path-state.js";
import type { Places } from "./places.js";
import { addName } from "./second-name.js";
import type { Site } from "./site.js";

export type LinkType = (passage: Passage, target: string) => "dir" | "file";

/**
 * Puts what waits for a path in its place. The file in the stage stays there, and what is moved is a second name
 * of it, or a copy where the system takes no second names: a rename that a power failure tears, its old name
 * gone and its new one not there yet, then loses nothing, and the work can be done again.
 */
export async function publish(
  site: Site,
  passage: Passage,
  places: Places,
  linkType: LinkType,
): Promise<void> {
  const { fs, root } = site;
  const { path, to, take } = passage;
  const place = `${root}/${path}`;
  if (to.kind === "link") {
    await unless(["ENOENT"], () => fs.unlink(take));
    await fs.symlink(to.target, take, linkType(passage, to.target));
    await places.expectParents(path);
    return fs.rename(take, place);
  }
  await expectAt(take, passage, places);
  const carrier = `${take}-on-its-way`;
  await unless(["ENOENT"], () => fs.unlink(carrier));
  if (!(await addName(site, places, take, carrier))) {
    await fs.copyFile(take, carrier, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    await makeDurable(site, carrier, (await fs.lstat(take)).mode & 0o777);
  }
  // Only what was proven gets in.
  await expectAt(carrier, passage, places);
  await places.expectParents(path);
  await fs.rename(carrier, place);
  await places.relinked(place);
}

async function expectAt(file: string, { path, to }: Passage, places: Places): Promise<void> {
  const seen = await places.lookAt(file, path);
  if (sameState(seen, to)) return;
  const message = `${path}: ${file} is ${shownState(seen)}, not ${shownState(to)}`;
  throw new ManifestError("CONFLICT", message, { path });
}
