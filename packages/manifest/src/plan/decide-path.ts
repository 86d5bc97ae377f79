import { type SeenState, sameContent, shownState } from "../transaction/path-state.js";
import { chooseRecipe, type Ingredients } from "./choose-recipe.js";
import type { After, Before, NetChange } from "./net-change.js";
import type { Recipe } from "./recipe.js";
import type { Seen } from "./seen.js";
import type { BlockedPath, PlannedOperation } from "./update-plan.js";

/** What is to be done about a path. */
export type Decision =
  | { readonly kind: "operations"; readonly operations: readonly PlannedOperation[] }
  /** It is as the new version has it. */
  | { readonly kind: "done" }
  /** A file that isn't the one to delete stays. */
  | { readonly kind: "kept" }
  | { readonly kind: "blocked"; readonly blocked: BlockedPath };

export interface DecideOptions extends Ingredients {
  readonly replaceModified: boolean;
  /** Whether a link may give way to a file or to another link, of which the updates know nothing. */
  readonly replaceLinks: boolean;
  /** Whether the system has a bit that says that a file may be run. */
  readonly hasExecutableBit: boolean;
  /** Folders that go with the update. */
  readonly goneFolders: ReadonlySet<string>;
}

/** What can be updated: what else may stand at a path is refused. */
type Plain = Extract<SeenState, { readonly kind: "absent" | "file" | "link" }>;

/** Decides by what the updates say of a path and what is there. */
export function decidePath(change: NetChange, seen: Seen, options: DecideOptions): Decision {
  const { path, before, after } = change;
  const { replaceModified, replaceLinks, goneFolders } = options;
  const block = (code: BlockedPath["code"], message: string, replaceable?: boolean): Decision => ({
    kind: "blocked",
    blocked: {
      path,
      code,
      message,
      expectedHash: before.kind === "file" ? before.hash : undefined,
      foundHash: seen.kind === "file" ? seen.hash : undefined,
      ...(replaceable === undefined ? {} : { replaceable }),
    },
  });

  if (seen.kind === "unsafe") return block(seen.error.code, seen.error.message);
  const isGone = seen.kind === "folder" && goneFolders.has(path);
  const there: SeenState = isGone ? { kind: "absent" } : seen;
  if (there.kind === "folder" || there.kind === "special") {
    return block("UNSAFE_PLACE", `${path} is ${shownState(there)}, where a file should be`);
  }
  if (isDone(after, there, options)) return done;
  if (!isExpected(change, there)) {
    const message = `${path} ${unexpected(there, before)}`;
    if (there.kind === "link" && !replaceLinks) return block("UNSAFE_PLACE", message);
    const choice = after.kind === "file" ? chooseRecipe(after.recipes, options) : undefined;
    if (!replaceModified) return block("CONFLICT", message, choice?.kind !== "none");
    if (after.kind === "absent") return { kind: "kept" };
  }
  switch (after.kind) {
    case "absent":
      return { kind: "operations", operations: removal(path, there) };
    case "link": {
      const { target } = after;
      const oldTarget = there.kind === "link" ? there.target : undefined;
      const removals = there.kind === "file" ? removal(path, there) : [];
      return {
        kind: "operations",
        operations: [...removals, { kind: "link", path, target, oldTarget }],
      };
    }
    case "file": {
      const own: readonly Recipe[] =
        there.kind === "file" && there.hash === after.hash
          ? [{ kind: "copy", from: path, newHash: after.hash, newSize: after.sizeBytes }]
          : [];
      const choice = chooseRecipe([...own, ...after.recipes], options);
      if (choice.kind === "none") {
        return block(choice.code, `${path} can't be made: ${choice.problem}`);
      }
      const oldHash = there.kind === "file" ? there.hash : undefined;
      const removals = there.kind === "link" ? removal(path, there) : [];
      const { hash: newHash, sizeBytes: newSize, executable } = after;
      const { recipe } = choice;
      return {
        kind: "operations",
        operations: [
          ...removals,
          { kind: "write", path, oldHash, newHash, newSize, executable, recipe },
        ],
      };
    }
    default:
      return after satisfies never;
  }
}

const done: Decision = { kind: "done" };

function isDone(after: After, there: Plain, { hasExecutableBit }: DecideOptions): boolean {
  if (after.kind !== "file" || there.kind !== "file") return sameLeaf(after, there);
  if (after.hash !== there.hash) return false;
  const { executable } = after;
  return !hasExecutableBit || executable === undefined || executable === there.executable;
}

const sameLeaf = (after: After, there: Plain) =>
  after.kind === "file" ? false : sameContent(after, there);

function isExpected({ before, after }: NetChange, there: Plain): boolean {
  // Only its bit is another.
  if (after.kind === "file" && there.kind === "file" && after.hash === there.hash) return true;
  switch (before.kind) {
    case "unknown":
      return there.kind !== "link";
    case "absent":
      return there.kind === "absent";
    case "file":
      return there.kind === "file" && there.hash === (before.hash ?? there.hash);
    case "link":
      return there.kind === "link" && there.target === (before.target ?? there.target);
    default:
      return before satisfies never;
  }
}

/** What is deleted is named as it was seen, so that nothing else is. */
function removal(path: string, there: Plain): readonly PlannedOperation[] {
  if (there.kind === "file") return [{ kind: "delete", path, oldHash: there.hash }];
  if (there.kind === "link") return [{ kind: "unlink", path, oldTarget: there.target }];
  return [];
}

/** The hashes of files stand beside the message. */
function unexpected(there: Plain, before: Before): string {
  if (there.kind === "file" && before.kind === "file") {
    return "is not the file that the update is for: it was changed, or is another version's";
  }
  const found = there.kind === "file" ? "a file" : shownState(there);
  return `is ${found}, where the update expects ${shownBefore(before)}`;
}

function shownBefore(before: Before): string {
  if (before.kind === "unknown") return "a file or nothing";
  if (before.kind === "file") return "a file";
  if (before.kind === "absent") return "nothing";
  return before.target === undefined ? "a link" : `a link to ${JSON.stringify(before.target)}`;
}
