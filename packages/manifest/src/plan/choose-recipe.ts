import type { ManifestErrorCode } from "../manifest-error.js";
import { downloadOf, type Origin, partsOf, type Recipe } from "./recipe.js";
import type { Seen } from "./seen.js";

export type RecipeChoice =
  | { readonly kind: "chosen"; readonly recipe: Recipe }
  | { readonly kind: "none"; readonly code: ManifestErrorCode; readonly problem: string };

/** What there is to make files of. */
export interface Ingredients {
  readonly seen: ReadonlyMap<string, Seen>;
  readonly algorithms: ReadonlySet<string>;
}

/** The way with the smallest download to make a file, of those that can be gone. */
export function chooseRecipe(recipes: readonly Recipe[], ingredients: Ingredients): RecipeChoice {
  let best: { readonly recipe: Recipe; readonly bytes: number } | undefined;
  const problems: Exclude<RecipeChoice, { readonly kind: "chosen" }>[] = [];
  for (const recipe of recipes) {
    const problem = obstacle(recipe, ingredients);
    if (problem !== undefined) {
      problems.push(problem);
      continue;
    }
    const bytes = downloadOf(recipe);
    if (best === undefined || bytes < best.bytes || isShorter(recipe, bytes, best)) {
      best = { recipe, bytes };
    }
  }
  if (best !== undefined) return { kind: "chosen", recipe: best.recipe };
  // An engine can be given; another file that is there can't be helped.
  const first = problems.find(({ code }) => code === "ENGINE_UNAVAILABLE") ?? problems[0];
  return first ?? { kind: "none", code: "NOT_FOUND", problem: "no update ships it" };
}

const isShorter = (recipe: Recipe, bytes: number, best: { recipe: Recipe; bytes: number }) =>
  bytes === best.bytes && partsOf(recipe).length < partsOf(best.recipe).length;

function obstacle(
  recipe: Recipe,
  { seen, algorithms }: Ingredients,
): Exclude<RecipeChoice, { readonly kind: "chosen" }> | undefined {
  const isPatch = recipe.kind === "patch";
  const missing = isPatch
    ? recipe.steps.find((step) => !algorithms.has(step.algorithm))
    : undefined;
  if (missing !== undefined) {
    const problem = `it needs the engine ${JSON.stringify(missing.algorithm)}, which was not given`;
    return { kind: "none", code: "ENGINE_UNAVAILABLE", problem };
  }
  const base: Origin = isPatch ? recipe.base : recipe;
  if (base.kind !== "copy") return undefined;
  const found = seen.get(base.from);
  if (found?.kind === "file" && found.hash === base.newHash) return undefined;
  const problem = `it is made of ${JSON.stringify(base.from)}, which is another file than the update is for`;
  return { kind: "none", code: "CONFLICT", problem };
}
