/** A place in a value, and why it is refused. */
interface UnsafePlace {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Far more than any of our values has. */
const maxDepth = 100;

/**
 * Finds what schemas would not: a key `__proto__`, as `JSON.parse` makes it, which they drop without a
 * word, and nesting so deep, or in a circle, that a recursive reader would run out of stack.
 */
export function unsafePlace(value: unknown): UnsafePlace | undefined {
  const open: { readonly node: unknown; readonly path: readonly PropertyKey[] }[] = [
    { node: value, path: [] },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, path } = next;
    if (!isContainer(node)) continue;
    if (path.length > maxDepth) return { path: [], message: "is nested too deeply" };
    if (Array.isArray(node)) {
      for (const [index, item] of node.entries()) {
        if (isContainer(item)) open.push({ node: item, path: [...path, index] });
      }
      continue;
    }
    if (Object.hasOwn(node, "__proto__")) {
      return { path: [...path, "__proto__"], message: "must not be __proto__" };
    }
    for (const [key, item] of Object.entries(node)) {
      if (isContainer(item)) open.push({ node: item, path: [...path, key] });
    }
  }
  return undefined;
}

/** An array or a plain object: bytes, signals and the like are no data to walk through. */
function isContainer(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
