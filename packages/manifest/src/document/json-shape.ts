/** How much JSON text holds, told without parsing it. */
export interface JsonShape {
  /** How deep objects and lists are nested. */
  readonly depth: number;
  /** Objects and lists in all. */
  readonly containers: number;
}

const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket] = Buffer.from('"\\{}[]');

/**
 * Counts the nesting and the objects of JSON text in UTF-8, so that a small text which would become a
 * mountain of objects is refused before it is parsed. Of text that is no JSON the numbers mean nothing.
 */
export function jsonShape(bytes: Uint8Array): JsonShape {
  let depth = 0;
  let deepest = 0;
  let containers = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === quote) at = endOfText(bytes, at);
    else if (byte === openBrace || byte === openBracket) {
      depth += 1;
      containers += 1;
      if (depth > deepest) deepest = depth;
    } else if (byte === closeBrace || byte === closeBracket) depth -= 1;
  }
  return { depth: deepest, containers };
}

/** Where the text that begins at a quote ends: at its other quote. */
function endOfText(bytes: Uint8Array, start: number): number {
  for (let at = start + 1; at < bytes.length; at += 1) {
    if (bytes[at] === backslash) at += 1;
    else if (bytes[at] === quote) return at;
  }
  return bytes.length;
}
