import type { Journal } from "./journal.js";
import type { PathState } from "./path-state.js";
import type { Site } from "./site.js";

/** One path on its way from a state to another. */
export interface Passage {
  /** Its place in the journal. */
  readonly index: number;
  readonly path: string;
  readonly from: PathState;
  readonly to: PathState;
  /** Whether a folder comes where a file or link goes. */
  readonly becomesFolder: boolean;
  /** Where the content for `to` waits. */
  readonly take: string;
  /** Where the content of `from` is kept. */
  readonly keep: string;
}

/**
 * A journal read in one direction. Undoing is the same work as doing, with the stage and the backup in
 * each other's place, so that either can be taken up again at any point, in either direction.
 */
export interface Course {
  readonly journal: Journal;
  readonly passages: readonly Passage[];
  readonly mkdirs: readonly string[];
  readonly rmdirs: readonly string[];
  /** Where what is kept must outlast a power failure: the folder that it is in. To finish an update nothing of it is needed. */
  readonly keepFolder: string | undefined;
}

export function courseForward(site: Site, journal: Journal): Course {
  const { mkdirs, rmdirs } = journal;
  return {
    journal,
    passages: passages(site, journal, new Set(mkdirs)),
    mkdirs,
    rmdirs,
    keepFolder: journal.keepBackup ? backupFolder(site, journal) : undefined,
  };
}

export function courseBack(site: Site, journal: Journal): Course {
  const back = passages(site, journal, new Set(journal.rmdirs)).map((passage) => {
    const { from, to, take, keep } = passage;
    return { ...passage, from: to, to: from, take: keep, keep: take };
  });
  return {
    journal,
    passages: back,
    mkdirs: journal.rmdirs.toReversed(),
    rmdirs: journal.mkdirs.toReversed(),
    keepFolder: undefined,
  };
}

export const backupFolder = (site: Site, { id }: { readonly id: string }): string =>
  `${site.backups}/${id}`;

/** Every path that a journal touches. */
export const touchedPaths = ({ entries, mkdirs, rmdirs }: Journal): ReadonlySet<string> =>
  new Set([...entries.map(({ path }) => path), ...mkdirs, ...rmdirs]);

function passages(site: Site, journal: Journal, mkdirs: ReadonlySet<string>): readonly Passage[] {
  const names = stageNames(journal.entries.map(({ after }) => after));
  const backup = backupFolder(site, journal);
  return journal.entries.map(({ path, before, after }, index) => ({
    index,
    path,
    from: before,
    to: after,
    becomesFolder: mkdirs.has(path),
    take: `${site.stage}/${names[index]}`,
    keep: `${backup}/${index}`,
  }));
}

/** The file in the stage for each wanted state: by its hash, and numbered where several paths get the same content. */
export function stageNames(states: readonly PathState[]): readonly string[] {
  const uses = new Map<string, number>();
  return states.map((state, index) => {
    if (state.kind !== "file") return `link-${index}`;
    const use = uses.get(state.hash) ?? 0;
    uses.set(state.hash, use + 1);
    return use === 0 ? state.hash : `${state.hash}-${use}`;
  });
}
