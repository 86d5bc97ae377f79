/** Two for each power of two: which half of it a distance, less one, is in. */
export function distanceSlot(distance: i32): i32 {
  if (distance < 4) return distance;
  const bits = 31 - clz(distance);
  return (bits << 1) | ((distance >>> (bits - 1)) & 1);
}
