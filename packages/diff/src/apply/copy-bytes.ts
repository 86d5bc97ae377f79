/** Below this, making a view for `set` takes longer than copying byte by byte. */
const minViewBytes = 48;

export function copyBytes(
  from: Uint8Array,
  start: number,
  to: Uint8Array,
  at: number,
  count: number,
): void {
  if (count >= minViewBytes) {
    to.set(from.subarray(start, start + count), at);
    return;
  }
  for (let index = 0; index < count; index += 1) to[at + index] = from[start + index] as number;
}
