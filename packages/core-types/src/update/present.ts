/** The object without the fields that are undefined, in their order. Manifests have a million: no list is made of each. */
export function present(object: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(object)) if (object[key] !== undefined) kept[key] = object[key];
  return kept;
}
