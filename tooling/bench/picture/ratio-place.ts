/** The ratios at the ends of a picture; what is beyond is drawn up to there, and told in figures. */
export const ends = [1 / 16, 16] as const;

/** Ratios that have a line and a name. */
export const marks = [1 / 16, 1 / 4, 1, 4, 16] as const;

/**
 * Where a ratio is between the ends, from 0 to 1: by its logarithm, so that twice and half are as far from 1.
 * `null`, JSON's infinity, is at the far end.
 */
export function ratioPlace(ratio: number | null): number {
  const [least, most] = ends;
  const within = Math.min(Math.max(ratio ?? most, least), most);
  return (Math.log(within) - Math.log(least)) / (Math.log(most) - Math.log(least));
}
