import { oneLine } from "./printable.js";

/** A list of names and what they are, one a line; those that are `undefined` are left out. */
export function facts(entries: readonly (readonly [string, string | undefined])[]): string {
  const known = entries.filter((entry): entry is [string, string] => entry[1] !== undefined);
  const width = Math.max(...known.map(([name]) => name.length));
  return known.map(([name, value]) => `${name.padEnd(width)}  ${oneLine(value)}\n`).join("");
}
