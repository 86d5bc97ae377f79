import { relativePathProblem } from "@potassium/core-types";
import { ownFiles } from "../document/check-shipped-files.js";
import { isPrivatePath } from "../document/private-folder.js";
import { TreeSide } from "../document/tree-side.js";

/** What is shipped of a file: the patch to it, itself, or itself compressed. */
export type ShipmentKind = "patch" | "whole" | "packed";

/** Gives the files of an update their names in its folder, so that all can stand there on every system. */
export class ShippedNames {
  readonly #folder = new TreeSide();
  readonly #byContent = new Map<string, string>();

  constructor(readonly layout: "paths" | "hashes") {
    for (const file of ownFiles) this.#folder.addLeaf(file);
  }

  /**
   * A name for what is shipped of the file at `path`: as its path says, or with a number after the first
   * segment where that name is taken; by its hash where the path leaves no room.
   *
   * @param hash of the shipped bytes.
   */
  name(kind: ShipmentKind, path: string, hash: string): string {
    const byHash = `objects/${hash.slice(0, 2)}/${hash}`;
    if (this.layout === "hashes") return this.#once(byHash, hash);
    const byPath = nameByPath[kind](path);
    // The longest suffix that is likely.
    const fits = relativePathProblem(withSuffix(byPath, 9999)) === undefined;
    return fits ? this.#free(byPath) : this.#once(byHash, hash);
  }

  #once(name: string, hash: string): string {
    const known = this.#byContent.get(hash) ?? this.#free(name);
    this.#byContent.set(hash, known);
    return known;
  }

  #free(wanted: string): string {
    for (let count = 1; ; count++) {
      const name = count === 1 ? wanted : withSuffix(wanted, count);
      // A name that is refused may leave folders behind in this: later names then look elsewhere.
      if (!isPrivatePath(name) && this.#folder.addLeaf(name) === undefined) return name;
    }
  }
}

const nameByPath = {
  patch: (path: string) => `${path}.patch`,
  whole: (path: string) => `new/${path}`,
  packed: (path: string) => `packed/${path}.br`,
} satisfies Record<ShipmentKind, (path: string) => string>;

/** In the first segment: where a file stands in the way of a folder, another name below it would not help. */
function withSuffix(name: string, count: number): string {
  const end = name.indexOf("/");
  return end === -1 ? `${name}-${count}` : `${name.slice(0, end)}-${count}${name.slice(end)}`;
}
