import * as z from "zod/mini";

/** Port numbers from `first` to `last`, both included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Reads `"25565-25599"`, or one port, `"25565"`. Blanks around the numbers are allowed.
 *
 * @returns `undefined` where the text is not a range of ports from 1 to 65535 in rising order.
 */
export function parsePortRange(text: string): PortRange | undefined {
  const match = /^\s*(\d{1,5})\s*(?:-\s*(\d{1,5})\s*)?$/.exec(text);
  if (match === null) return undefined;
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  if (first < 1 || last > 65_535 || first > last) return undefined;
  return { first, last };
}

/** Writes a range as {@link parsePortRange} reads it. */
export function formatPortRange(range: PortRange): string {
  return range.first === range.last ? String(range.first) : `${range.first}-${range.last}`;
}

/** The text of a {@link PortRange}, as requests and their JSON carry it. */
export const PortRangeText = z
  .string()
  .check(
    z.refine(
      (text) => parsePortRange(text) !== undefined,
      'must be a range of ports in rising order, such as "25565-25599"',
    ),
  );
