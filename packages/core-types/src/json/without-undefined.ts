/** A copy without the keys that are undefined, at any depth. Manifests are large: no list is made of each object. */
export function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== "object" || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const item = withoutUndefined((value as Record<string, unknown>)[key]);
    if (item === undefined) continue;
    if (key === "__proto__") define(copy, key, item);
    else copy[key] = item;
  }
  return copy;
}

/** As an assignment does, which of this key would set the prototype. */
function define(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
