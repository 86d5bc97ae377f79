const numberBits = 25;
/** The most places that an index may have: no more blocks than a number can tell apart. */
export const mostPlaces = 2 ** (numberBits - 1);

export interface IndexShape {
  readonly stepBytes: number;
  /** A power of two. */
  readonly places: number;
}

/**
 * The distance of blocks and the size of the table: the distance grows with the old file, so that the table does not
 * outgrow `maxPlaces`.
 *
 * @param leastStepBytes - A power of two.
 * @param maxPlaces - A power of two, 256 to {@link mostPlaces}.
 */
export function indexShape(
  oldBytes: number,
  leastStepBytes: number,
  maxPlaces: number,
): IndexShape {
  let stepBytes = leastStepBytes;
  while (oldBytes / stepBytes > maxPlaces) stepBytes *= 2;
  let places = 256;
  while (places < oldBytes / stepBytes) places *= 2;
  return { stepBytes, places };
}

const mostFilterBits = 2 ** 26;
/** How many bits the filter before a table of so many places has. */
export const filterBits = (places: number): number => Math.min(mostFilterBits, 4 * places);

/** How much memory an index takes. */
export const indexBytes = (places: number): number => 4 * places + filterBits(places) / 8;

/** A part of an index: a thread that fills it alone needs no atomic operations, which cost more than all the rest. */
export interface IndexShare {
  readonly number: number;
  /** A power of two, at most 8. */
  readonly count: number;
}
