import type { ByteWindow } from "./byte-window.js";

/** The most bytes that an integer may take: hpatchz takes 11 and refuses 12. */
export const maxVarintBytes = 11;

/** What {@link readVarint} gives for an integer that can't be read. */
export const varintProblems: Readonly<Record<number, string>> = {
  [-1]: "an integer is cut off",
  [-2]: `an integer has more than ${maxVarintBytes} bytes`,
  [-3]: "an integer is over 2^53 - 1",
};

/**
 * Reads one packed integer of the HDiffPatch formats, and moves `start` behind it: groups of 7 bits, the
 * most significant first, with a bit in front of each that says whether another follows. Above that, the
 * first byte has `tagBits` bits of its own, which the caller looks at. Leading zero groups are legal.
 *
 * @returns the integer, or a negative number: a key of {@link varintProblems}
 */
export function readVarint(window: ByteWindow, tagBits: 0 | 1 | 2): number {
  const { buffer, end } = window;
  let place = window.start;
  if (place >= end) return -1;
  const first = buffer[place++] as number;
  const more = 0x80 >> tagBits;
  let value = first & (more - 1);
  if ((first & more) !== 0) {
    const limit = Math.min(end, window.start + maxVarintBytes);
    for (let byte = 0x80; byte >= 0x80; ) {
      if (place >= limit) return limit === end ? -1 : -2;
      byte = buffer[place++] as number;
      // At 2^46 and above the product is at least 2^53, whatever its rounding.
      value = value * 128 + (byte & 0x7f);
      if (value > Number.MAX_SAFE_INTEGER) return -3;
    }
  }
  window.start = place;
  return value;
}
