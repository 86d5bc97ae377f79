/** One bit for each of sixteen bytes, the first one's lowest: 1 where those at the two places are equal. */
export function equalMask(one: usize, other: usize): i32 {
  return i8x16.bitmask(i8x16.eq(v128.load(one), v128.load(other)));
}

/** The mask of sixteen bytes that are all equal. */
export const allEqual: i32 = 0xffff;
