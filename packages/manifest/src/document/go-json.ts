/**
 * JSON as Go's `json.MarshalIndent(value, "", "  ")` writes it, byte for byte: it also escapes what could
 * end a script of HTML.
 *
 * @see https://pkg.go.dev/encoding/json#Marshal
 */
export function goJson(value: unknown): Uint8Array {
  const text = JSON.stringify(value, null, 2).replace(unsafeInHtml, asEscape);
  return new TextEncoder().encode(text);
}

const unsafeInHtml = /[<>&\u2028\u2029]/g;

const asEscape = (character: string) =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
