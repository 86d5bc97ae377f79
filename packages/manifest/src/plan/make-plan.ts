import { dirname } from "node:path";
import { isPrivatePath } from "../document/private-folder.js";
import { nothingThere, unless } from "../fs/file-system-code.js";
import type { Update } from "../open-update.js";
import { strangersIn } from "../transaction/gone-folder.js";
import type { Installed } from "../transaction/operation.js";
import type { PathState } from "../transaction/path-state.js";
import { Places } from "../transaction/places.js";
import { nothingInstalled } from "../transaction/root-folder.js";
import type { Site } from "../transaction/site.js";
import type { RootMode } from "../versioned/root-mode.js";
import { type DecideOptions, type Decision, decidePath } from "./decide-path.js";
import type { NetChanges } from "./net-change.js";
import { planCost } from "./plan-cost.js";
import type { CheckedPlanOptions } from "./plan-options.js";
import { partsOf } from "./recipe.js";
import { baseOf, type Route, routesOf } from "./route.js";
import { type Seen, seeAll } from "./seen.js";
import { type SelectedUpdates, selectUpdates } from "./select-updates.js";
import type { BlockedPath, PlannedOperation, UpdatePlan } from "./update-plan.js";

/** The tree that is to be updated, and what is known of it. */
export interface Ground {
  readonly mode: RootMode;
  /** Whose root is the tree. */
  readonly tree: Site;
  readonly installed: Installed | undefined;
  /** States that an update which was cut off will leave. */
  readonly pending?: ReadonlyMap<string, PathState> | undefined;
  /** Bytes of files that a version of its own would take over, without those of the operations. */
  readonly copyBytes?: ((operations: readonly PlannedOperation[]) => Promise<number>) | undefined;
  /** Bytes that are free on the volume, with what an earlier try has left. */
  readonly freeBytes?: number | undefined;
  /** What is to be done besides: files that an update which can't be recovered has left or not taken away. */
  readonly leftovers?: NetChanges | undefined;
  /** Whether links may give way: see `DecideOptions`. */
  readonly replaceLinks?: boolean | undefined;
}

export interface MadePlan {
  readonly plan: UpdatePlan;
  /** Has the hashes of what was seen. */
  readonly places: Places;
}

/**
 * Looks at every path that the updates touch and decides what is to be done. It writes nothing.
 *
 * @throws `NOT_FOUND` where nothing is there that an update could be for, `WRONG_TARGET`, `DOWNGRADE`, `INVALID_MANIFEST` (updates that don't fit together), `INVALID_ARGUMENT`, `IO_ERROR`
 */
export async function makePlan(
  ground: Ground,
  updates: Update | readonly Update[],
  options: CheckedPlanOptions,
): Promise<MadePlan> {
  const { installed, tree } = ground;
  const selected = selectUpdates(updates, installed, options);
  if (selected.alreadyDone) {
    const places = await Places.open(tree, new Set(), options.signal);
    return { plan: planOf(ground, selected), places };
  }
  let best: MadePlan | undefined;
  // A first installation has nothing that patches could be for.
  const isFirst = installed === undefined && (await isEmpty(tree));
  const force = options.force ?? (isFirst && selected.full !== undefined ? "full" : undefined);
  for (const route of routesOf(selected, { force, isInstalled: installed !== undefined })) {
    const made = await planRoute(ground, selected, withLeftovers(route, ground), options);
    if (!made.plan.blocked.some(({ path }) => path !== "")) return made;
    best ??= made;
  }
  if (best === undefined) throw new TypeError("no route was planned");
  if (isFirst && best.plan.route !== "full") throw nothingInstalled(rootOf(ground));
  return best;
}

/** Of a version's folder that in which `versions/` is. */
const rootOf = ({ mode, tree: { root } }: Ground): string =>
  mode === "versioned" ? dirname(dirname(root)) : root;

async function isEmpty({ fs, root }: Site): Promise<boolean> {
  const names = (await unless(nothingThere, () => fs.readdir(root))) ?? [];
  return names.every((name) => isPrivatePath(name));
}

function withLeftovers(route: Route, { leftovers }: Ground): Route {
  if (leftovers === undefined) return route;
  const known = new Set([...route.changes, ...route.folders].map(({ path }) => path));
  return {
    ...route,
    changes: [...route.changes, ...leftovers.changes.filter(({ path }) => !known.has(path))],
    folders: [...route.folders, ...leftovers.folders.filter(({ path }) => !known.has(path))],
  };
}

async function planRoute(
  ground: Ground,
  selected: SelectedUpdates,
  route: Route,
  options: CheckedPlanOptions,
): Promise<MadePlan> {
  const { tree, pending } = ground;
  const { signal, onProgress } = options;
  const { changes, folders } = route;
  const touched = new Set([...changes, ...folders].map(({ path }) => path));
  const places = await Places.open(tree, touched, signal);
  const paths = new Set(touched);
  for (const { after } of changes) {
    if (after.kind !== "file") continue;
    for (const recipe of after.recipes) addIfAny(paths, baseOf(recipe));
  }
  const seen = new Map(
    await seeAll(places, paths, signal, (path, donePaths, totalPaths) =>
      onProgress?.({ phase: "check", path, donePaths, totalPaths }),
    ),
  );
  for (const [path, state] of pending ?? []) if (seen.has(path)) seen.set(path, state);
  const decided = await decide(ground, route, seen, options);
  return { plan: await costed(ground, selected, route, decided, options), places };
}

interface Decided {
  readonly operations: readonly PlannedOperation[];
  readonly blocked: readonly BlockedPath[];
  readonly kept: readonly string[];
  readonly donePaths: number;
}

async function decide(
  { tree, replaceLinks = false }: Ground,
  { changes, folders }: Route,
  seen: ReadonlyMap<string, Seen>,
  { engines, replaceModified }: CheckedPlanOptions,
): Promise<Decided> {
  const operations: PlannedOperation[] = [];
  const blocked: BlockedPath[] = [];
  const kept: string[] = [];
  let donePaths = 0;
  const gone = folders.filter(({ action }) => action === "delete").map(({ path }) => path);
  const decideOptions: DecideOptions = {
    seen,
    algorithms: new Set(engines.map(({ algorithm }) => algorithm)),
    replaceModified,
    replaceLinks,
    hasExecutableBit: !tree.windows,
    goneFolders: new Set(gone),
  };
  for (const change of changes) {
    const decision = decidePath(change, seen.get(change.path) ?? absent, decideOptions);
    add(change.path, decision);
  }
  const going = new Set([...operations.flatMap(goingPath), ...gone]);
  for (const { kind, path } of operations) {
    if (kind !== "write" && kind !== "link") continue;
    if (seen.get(path)?.kind !== "folder") continue;
    const [stranger] = await strangersIn(tree, path, going);
    if (stranger === undefined) continue;
    const message = `${stranger} is no part of the update, and its folder must go: move it elsewhere`;
    blocked.push({ path: stranger, code: "CONFLICT", message });
  }
  const needed = parentsOf(operations);
  for (const { path, action } of folders) {
    const isThere = seen.get(path)?.kind === "folder";
    if (action === "add" && !isThere) operations.push({ kind: "mkdir", path });
    else if (action === "delete" && isThere && !needed.has(path)) {
      operations.push({ kind: "rmdir", path });
    } else donePaths++;
  }
  return { operations, blocked, kept, donePaths };

  function add(path: string, decision: Decision): void {
    switch (decision.kind) {
      case "operations":
        operations.push(...decision.operations);
        return;
      case "done":
        donePaths++;
        return;
      case "kept":
        kept.push(path);
        return;
      case "blocked":
        blocked.push(decision.blocked);
        return;
      default:
        decision satisfies never;
    }
  }
}

/** A path where something goes and nothing comes. */
const goingPath = ({ kind, path }: PlannedOperation): readonly string[] =>
  kind === "delete" || kind === "unlink" ? [path] : [];

const absent: Seen = { kind: "absent" };

/** The folders of all that is made. */
function parentsOf(operations: readonly PlannedOperation[]): ReadonlySet<string> {
  const parents = new Set<string>();
  for (const { kind, path } of operations) {
    if (kind !== "write" && kind !== "link") continue;
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      parents.add(path.slice(0, end));
    }
  }
  return parents;
}

async function costed(
  ground: Ground,
  selected: SelectedUpdates,
  route: Route,
  decided: Decided,
  options: CheckedPlanOptions,
): Promise<UpdatePlan> {
  const { operations } = decided;
  const { stagedBytes, ...cost } = planCost(operations, options.concurrency);
  const copyBytes = (await ground.copyBytes?.(operations)) ?? 0;
  const peakDiskBytes = stagedBytes + copyBytes;
  const { freeBytes } = ground;
  const blocked = [...decided.blocked];
  if (freeBytes !== undefined && freeBytes < peakDiskBytes) {
    const message = `the update needs ${peakDiskBytes} bytes of disk space, of which ${freeBytes} are free`;
    blocked.push({ path: "", code: "NO_SPACE", message });
  }
  return {
    ...planOf(ground, selected),
    ...decided,
    ...cost,
    blocked,
    copyBytes,
    peakDiskBytes,
    updates: route.updates,
    route: routeName(route, operations),
  };
}

function routeName(
  { updates, fullIndex }: Route,
  operations: readonly PlannedOperation[],
): UpdatePlan["route"] {
  if (updates.length === 1) return fullIndex === 0 ? "full" : "patches";
  const parts = operations.flatMap((operation) =>
    operation.kind === "write" ? partsOf(operation.recipe) : [],
  );
  if (parts.length > 0 && parts.every(({ update }) => update === fullIndex)) return "full";
  const chained = updates.length - (fullIndex === undefined ? 0 : 1);
  return chained === 1 ? "patches" : "chain";
}

/** A plan without operations. */
function planOf(
  { mode, installed, freeBytes, pending }: Ground,
  { newest, alreadyDone }: SelectedUpdates,
): UpdatePlan {
  return {
    fromVersion: installed?.version ?? "",
    toVersion: newest.manifest.toVersion,
    mode,
    route: newest.manifest.fromVersion === "" ? "full" : "patches",
    updates: [newest],
    operations: [],
    unfinished: pending !== undefined,
    alreadyDone,
    donePaths: 0,
    kept: [],
    blocked: [],
    downloadBytes: 0,
    writeBytes: 0,
    copyBytes: 0,
    peakDiskBytes: 0,
    freeBytes,
    sizesKnown: true,
    perEngine: {},
  };
}

function addIfAny(paths: Set<string>, path: string | undefined): void {
  if (path !== undefined) paths.add(path);
}
