import { printable } from "../../output/printable.js";

/** Sets colours and weights, and can do nothing else to a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is how terminals are spoken to.
const colours = /(\u001b\[[\d;]*m)/;

/** A server's line for a terminal: in its own colours, which end with it, and without what could move the cursor. */
export function logText(text: string): string {
  const parts = text.split(colours);
  const safe = parts.map((part, index) => (index % 2 === 1 ? part : printable(part))).join("");
  return parts.length > 1 ? `${safe}\u001b[0m` : safe;
}
