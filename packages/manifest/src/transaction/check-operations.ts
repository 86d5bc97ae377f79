import { linkDestination, linkTargetProblem, relativePathProblem } from "@potassium/core-types";
import { isPrivatePath } from "../document/private-folder.js";
import { TreeSide } from "../document/tree-side.js";
import { invalidArgument } from "../invalid-argument.js";
import type { Operation } from "./operation.js";

/** What is asked for a path, its operations taken together. */
export interface Wish {
  readonly path: string;
  /** "any": whatever file or link is there. */
  readonly from: { readonly kind: "absent" } | FileWish | LinkWish;
  readonly to: { readonly kind: "absent" } | FileWish | LinkWish;
}
interface FileWish {
  readonly kind: "file";
  readonly hash?: string | undefined;
  readonly executable?: boolean | undefined;
}
interface LinkWish {
  readonly kind: "link";
  readonly target?: string | undefined;
}

/**
 * Takes the operations of each path together.
 *
 * @throws `INVALID_ARGUMENT` for unsafe paths, wrong hashes, and operations that contradict each other
 */
export function checkOperations(operations: readonly Operation[]): readonly Wish[] {
  const wishes = new Map<string, Wish>();
  const made = new TreeSide();
  for (const [index, operation] of operations.entries()) {
    const problem = problemOf(operation) ?? addTo(made, operation);
    if (problem !== undefined) throw invalid(index, `${operation.path} ${problem}`);
    const wish = wishOf(operation);
    if (wish === undefined) continue;
    const other = wishes.get(wish.path);
    const both = other === undefined ? wish : (join(other, wish) ?? join(wish, other));
    if (both === undefined) throw invalid(index, `${wish.path} has another operation`);
    wishes.set(wish.path, both);
  }
  return [...wishes.values()];
}

function problemOf(operation: Operation): string | undefined {
  const problem = relativePathProblem(operation.path);
  if (problem !== undefined) return problem;
  if (isPrivatePath(operation.path)) return "is in the updater's own folder";
  if (operation.kind === "link") {
    const { path, target, asItWas } = operation;
    if (asItWas) return target === "" || target.includes("\0") ? "needs a target" : undefined;
    if (isPrivatePath(linkDestination(path, target) ?? ""))
      return "leads to the updater's own folder";
    return linkTargetProblem(path, target);
  }
  if (operation.kind === "write" && !isHash(operation.newHash)) return "needs a newHash";
  if (operation.kind !== "write" && operation.kind !== "delete") return undefined;
  const { oldHash } = operation;
  return oldHash === undefined || isHash(oldHash) ? undefined : "has an oldHash that is none";
}

function addTo(made: TreeSide, { kind, path }: Operation): string | undefined {
  if (kind === "write" || kind === "link") return made.addLeaf(path);
  return kind === "mkdir" ? made.addFolder(path) : undefined;
}

function wishOf(operation: Operation): Wish | undefined {
  const { path } = operation;
  switch (operation.kind) {
    case "write": {
      const { oldHash, newHash, executable } = operation;
      const to = { kind: "file", hash: newHash, executable } as const;
      return { path, from: oldHash === undefined ? none : { kind: "file", hash: oldHash }, to };
    }
    case "delete":
      return { path, from: { kind: "file", hash: operation.oldHash }, to: none };
    case "link": {
      const { target, oldTarget } = operation;
      const from = oldTarget === undefined ? none : ({ kind: "link", target: oldTarget } as const);
      return { path, from, to: { kind: "link", target } };
    }
    case "unlink":
      return { path, from: { kind: "link", target: operation.oldTarget }, to: none };
    case "mkdir":
    case "rmdir":
      return undefined;
    default:
      operation satisfies never;
      return undefined;
  }
}

/** What goes, and what comes in its place. */
function join(first: Wish, second: Wish): Wish | undefined {
  if (first.to.kind !== "absent" || second.from.kind !== "absent") return undefined;
  return { path: first.path, from: first.from, to: second.to };
}

const none = { kind: "absent" } as const;

const isHash = (text: string) => /^[0-9a-f]{64}$/.test(text);

const invalid = (index: number, problem: string) =>
  invalidArgument(`invalid transaction: operations[${index}]: ${problem}`, `operations[${index}]`);
