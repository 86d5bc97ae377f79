/** Adds `count` bytes to others, each modulo 256. */
export function addBytes(
  from: Uint8Array,
  start: number,
  to: Uint8Array,
  at: number,
  count: number,
): void {
  const shift = at - start;
  for (let place = start, end = start + count; place < end; place += 1) {
    const difference = from[place] as number;
    // Most differences are 0: the test is cheaper than reading and writing the other byte.
    if (difference !== 0) to[place + shift] = (to[place + shift] as number) + difference;
  }
}

/** Adds one value to each of `to[start, end)`, modulo 256. */
export function addToEach(to: Uint8Array, start: number, end: number, value: number): void {
  for (let place = start; place < end; place += 1) to[place] = (to[place] as number) + value;
}
