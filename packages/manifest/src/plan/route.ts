import type { Update } from "../open-update.js";
import { composeChain } from "./compose-chain.js";
import type { After, NetChange, NetChanges } from "./net-change.js";
import type { Origin, Recipe } from "./recipe.js";
import type { SelectedUpdates } from "./select-updates.js";
import { shippedRecipes } from "./shipped-recipes.js";

/** One way to the newest version: which updates, and what they do together. */
export interface Route extends NetChanges {
  readonly updates: readonly Update[];
  /** The place of the full manifest in `updates`. */
  readonly fullIndex?: number | undefined;
}

/**
 * The ways that may be gone, the best first. There are several only where nothing tells which version is
 * installed: then each update of the chain may be the first.
 *
 * @throws `INVALID_MANIFEST` where the updates don't fit onto each other
 */
export function* routesOf(
  { chain, full }: SelectedUpdates,
  options: { readonly force?: "chain" | "full" | undefined; readonly isInstalled: boolean },
): Generator<Route> {
  const { force, isInstalled } = options;
  const fullAlone = chain.length === 0 || (force === "full" && !isInstalled);
  if (fullAlone && full !== undefined) {
    yield { updates: [full], fullIndex: 0, ...composeChain([full.manifest]) };
    return;
  }
  for (let start = 0; start < (isInstalled ? 1 : chain.length); start++) {
    yield routeFrom(chain.slice(start), force === "chain" ? undefined : full, force === "full");
  }
}

function routeFrom(chain: readonly Update[], full: Update | undefined, fullOnly: boolean): Route {
  const together = composeChain(chain.map(({ manifest }) => manifest));
  if (full === undefined) return { updates: chain, ...together };
  const fullIndex = chain.length;
  const whole = new Map<string, readonly Origin[]>();
  for (const entry of full.manifest.files) {
    if (entry.action !== "delete") whole.set(entry.newHash, shippedRecipes(entry, fullIndex));
  }
  const changes = together.changes.map(
    (change): NetChange => ({ ...change, after: withWhole(change.after) }),
  );
  return { ...together, updates: [...chain, full], fullIndex, changes };

  /** Of another version's full manifest no hash is the same. */
  function withWhole(after: After): After {
    if (after.kind !== "file") return after;
    const recipes = after.recipes.filter((recipe) => !fullOnly || recipe.kind === "copy");
    return { ...after, recipes: [...recipes, ...(whole.get(after.hash) ?? [])] };
  }
}

/** The file of the installed version that a recipe needs. */
export function baseOf(recipe: Recipe): string | undefined {
  const origin = recipe.kind === "patch" ? recipe.base : recipe;
  return origin.kind === "copy" ? origin.from : undefined;
}
