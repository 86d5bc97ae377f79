/** A value for a message: numbers as they are; of what may be long or secret, only the kind. */
export function shownValue(value: unknown): string {
  if (value === null || typeof value === "number" || typeof value === "boolean") {
    return String(value);
  }
  if (value === undefined) return "undefined";
  const type = Array.isArray(value) ? "array" : typeof value;
  return typeNames[type] ?? `a ${type}`;
}

/** Types as zod and `typeof` name them, in our words. */
export const typeNames: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};
