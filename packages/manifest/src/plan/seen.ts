import { hasErrorCode } from "@potassium/core-types";
import { fileFailure } from "../file-failure.js";
import { ManifestError } from "../manifest-error.js";
import type { SeenState } from "../transaction/path-state.js";
import type { Places } from "../transaction/places.js";
import { forEachBounded } from "../tree/for-each-bounded.js";

/** What stands at a path, or why that can't be told. */
export type Seen = SeenState | { readonly kind: "unsafe"; readonly error: ManifestError };

/** Files that are read at once. */
const readsAtOnce = 8;

/** Looks at paths of an installation, hashing what is there. */
export async function seeAll(
  places: Places,
  paths: Iterable<string>,
  signal: AbortSignal | undefined,
  onSeen: (path: string, donePaths: number, totalPaths: number) => void = () => {},
): Promise<ReadonlyMap<string, Seen>> {
  const seen = new Map<string, Seen>();
  const look = async (path: string) => {
    seen.set(path, await see(places, path));
    onSeen(path, seen.size, all.length);
  };
  const all = [...new Set(paths)];
  await forEachBounded(all, readsAtOnce, look, signal);
  return seen;
}

async function see(places: Places, path: string): Promise<Seen> {
  try {
    return await places.look(path);
  } catch (error) {
    const isOurs = error instanceof ManifestError;
    if (isOurs && hasErrorCode(error, "UNSAFE_PLACE", "CONFLICT")) return { kind: "unsafe", error };
    throw fileFailure(error, path);
  }
}
