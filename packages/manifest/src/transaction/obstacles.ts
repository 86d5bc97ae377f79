import { ManifestError } from "../manifest-error.js";
import type { Course, Passage } from "./course.js";
import { strangersIn } from "./gone-folder.js";
import { isDone } from "./passage-state.js";
import { type SeenState, sameContent, sameState } from "./path-state.js";
import type { Places } from "./places.js";
import type { Site } from "./site.js";

/** A path that a course can't bring to where it leads. */
export interface Obstacle {
  readonly path: string;
  readonly seen: SeenState | string;
}

/** What is in the way of a course that was cut off; none where it can be carried out. */
export async function obstaclesOf(
  site: Site,
  course: Course,
  places: Places,
): Promise<readonly Obstacle[]> {
  const { passages, rmdirs } = course;
  const going = new Set([
    ...passages.flatMap(({ path, to }) => (to.kind === "absent" ? [path] : [])),
    ...rmdirs,
  ]);
  const obstacles: Obstacle[] = [];
  for (const passage of passages) obstacles.push(...(await obstacleOf(passage)));
  return obstacles;

  async function obstacleOf(passage: Passage): Promise<readonly Obstacle[]> {
    const { path, from, to, take } = passage;
    const seen = await look(path);
    if (typeof seen === "string") return [{ path, seen }];
    if (isDone(seen, passage)) return [];
    if (seen.kind === "folder" && rmdirs.includes(path)) {
      const strangers = await strangersIn(site, path, going);
      if (strangers.length > 0) return strangers.map((stranger) => ({ path: stranger, seen }));
    } else if (seen.kind !== "absent" && !sameContent(seen, from)) {
      return [{ path, seen }];
    }
    if (to.kind !== "file" || sameState(await places.lookAt(take), to)) return [];
    return [{ path, seen }];
  }

  async function look(path: string): Promise<SeenState | string> {
    try {
      return await places.look(path);
    } catch (error) {
      if (error instanceof ManifestError && error.code !== "BUSY") return error.message;
      throw error;
    }
  }
}
