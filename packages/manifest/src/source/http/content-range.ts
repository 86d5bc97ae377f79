export interface ContentRange {
  /** The first byte that is sent, or `undefined` where none is (416). */
  readonly start?: number | undefined;
  /** Bytes of the whole file, where the server knows. */
  readonly totalBytes?: number | undefined;
}

/**
 * Reads the header Content-Range: `bytes 5-9/10`, or with a star in the place of what isn't known.
 *
 * @returns `undefined` for anything else.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-14.4
 */
export function parseContentRange(text: string | null): ContentRange | undefined {
  const match = /^bytes (?:(\d{1,15})-(\d{1,15})|\*)\/(\d{1,15}|\*)$/i.exec(text ?? "");
  if (match === null) return undefined;
  const [, first, last, total] = match;
  const totalBytes = total === "*" ? undefined : Number(total);
  if (first === undefined) return { totalBytes };
  const [start, end] = [Number(first), Number(last)];
  if (end < start || (totalBytes !== undefined && end >= totalBytes)) return undefined;
  return { start, totalBytes };
}
