import type { FileEntry, LinkEntry, Manifest } from "@potassium/core-types";
import { TreeSide } from "../document/tree-side.js";
import { ManifestError } from "../manifest-error.js";
import { byPath } from "../tree/tree-index.js";
import type { After, Before, NetChange, NetChanges } from "./net-change.js";
import { patched, type Recipe } from "./recipe.js";
import { shippedRecipes } from "./shipped-recipes.js";

/**
 * What manifests, one on top of another, do together. A file that several of them patch is made by their
 * patches in turn; what one adds and a later one deletes is not made at all.
 *
 * @param first the place of the first of them among the updates.
 * @throws `INVALID_MANIFEST` where one does not fit onto the one before
 */
export function composeChain(manifests: readonly Manifest[], first = 0): NetChanges {
  const tree = new ChainTree();
  for (const [index, manifest] of manifests.entries()) tree.apply(manifest, first + index);
  // One alone was looked at when it was read.
  if (manifests.length > 1) tree.expectSound();
  return tree.changes();
}

class ChainTree {
  /** What the installed version must have, as far as anything was said of it. */
  readonly #before = new Map<string, Before>();
  /** What is there after the manifests so far. */
  #now = new Map<string, After>();
  readonly #folders = new Map<string, "add" | "delete">();

  apply(manifest: Manifest, update: number): void {
    const { files, links = [], folders = [] } = manifest;
    const isFull = manifest.fromVersion === "";
    const next = new Map(this.#now);
    const unknown: Before = { kind: "unknown" };
    for (const entry of files) this.#expect(entry, isFull ? unknown : fileBefore(entry), manifest);
    for (const entry of links) this.#expect(entry, isFull ? unknown : linkBefore(entry), manifest);
    for (const { action, path } of [...files, ...links]) {
      if (action === "delete") next.set(path, { kind: "absent" });
    }
    for (const entry of links) {
      if (entry.action === "add") next.set(entry.path, { kind: "link", target: entry.target });
    }
    for (const entry of files) {
      if (entry.action !== "delete") next.set(entry.path, this.#made(entry, update));
    }
    this.#now = next;
    for (const { path, action } of folders) this.#folders.set(path, action);
  }

  /** What each of them makes may stand in the way of what another one does. */
  expectSound(): void {
    const side = new TreeSide();
    for (const [path, { kind }] of this.#now) {
      if (kind !== "absent") expectNone(path, side.addLeaf(path));
    }
    for (const [path, action] of this.#folders) {
      if (action === "add") expectNone(path, side.addFolder(path));
    }
  }

  changes(): NetChanges {
    const changes: NetChange[] = [];
    for (const [path, after] of this.#now) {
      const before = this.#before.get(path) ?? { kind: "absent" };
      if (before.kind === "absent" && after.kind === "absent") continue;
      changes.push({ path, before, after });
    }
    const folders = [...this.#folders].map(([path, action]) => ({ path, action }));
    return { changes: changes.sort(byPath), folders: folders.sort(byPath) };
  }

  /** Notes what the first manifest that speaks of a path says of it; a later one must agree with those before it. */
  #expect({ path }: { readonly path: string }, before: Before, { fromVersion }: Manifest): void {
    const now = this.#now.get(path);
    if (now === undefined) {
      const known = this.#before.get(path);
      // A file that becomes a link is spoken of twice: what was there is what tells more.
      if (known === undefined || known.kind === "absent") this.#before.set(path, before);
      return;
    }
    if (before.kind === "absent" || before.kind === "unknown") return;
    const agrees =
      now.kind === before.kind &&
      (now.kind !== "file" || before.kind !== "file" || now.hash === (before.hash ?? now.hash)) &&
      (now.kind !== "link" ||
        before.kind !== "link" ||
        now.target === (before.target ?? now.target));
    if (agrees) return;
    const message = `the updates don't fit together: ${JSON.stringify(path)} of version ${fromVersion} is another in the update to it than in the one from it`;
    throw new ManifestError("INVALID_MANIFEST", message, { path });
  }

  #made(entry: Exclude<FileEntry, { readonly action: "delete" }>, update: number): After {
    const { path, newHash, newSize } = entry;
    const recipes: Recipe[] = [];
    if (entry.action === "patch") {
      const { patchFile, patchHash, patchSize, algorithm } = entry;
      const step = {
        algorithm,
        update,
        file: patchFile,
        hash: patchHash,
        sizeBytes: patchSize,
        newHash,
        newSize,
      };
      recipes.push(...patched(this.#contentOf(path, entry.oldHash), step));
    } else if (entry.copyFrom !== undefined) {
      recipes.push(...this.#contentOf(entry.copyFrom, newHash, newSize));
    }
    recipes.push(...shippedRecipes(entry, update));
    const executable = entry.executable ?? this.#executableBefore(path);
    return { kind: "file", hash: newHash, sizeBytes: newSize, executable, recipes };
  }

  /** The ways to make what is at a path before the manifest that is being applied. */
  #contentOf(path: string, hash: string, sizeBytes?: number): readonly Recipe[] {
    const now = this.#now.get(path);
    if (now === undefined) return [{ kind: "copy", from: path, newHash: hash, newSize: sizeBytes }];
    return now.kind === "file" && now.hash === hash ? now.recipes : [];
  }

  /** A file that comes after one was deleted doesn't take over its bit. */
  #executableBefore(path: string): boolean | undefined {
    const now = this.#now.get(path);
    if (now === undefined) return undefined;
    return now.kind === "file" ? now.executable : false;
  }
}

function expectNone(path: string, problem: string | undefined): void {
  if (problem === undefined) return;
  const message = `the updates don't fit together: ${JSON.stringify(path)} ${problem}`;
  throw new ManifestError("INVALID_MANIFEST", message, { path });
}

function fileBefore({ action, oldHash }: FileEntry): Before {
  if (oldHash === undefined && action === "add") return { kind: "absent" };
  return { kind: "file", hash: oldHash };
}

function linkBefore({ action, oldTarget }: LinkEntry): Before {
  if (oldTarget === undefined && action === "add") return { kind: "absent" };
  return { kind: "link", target: oldTarget };
}
