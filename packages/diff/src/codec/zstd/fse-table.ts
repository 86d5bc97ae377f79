/** A decoding table of finite state entropy: an entry is symbol << 24 | bits << 16 | base of the next state. */
export interface FseTable {
  readonly log: number;
  readonly entries: Int32Array;
}

/** A table that always tells the same symbol and takes no bits for it. */
export function repeatingTable(symbol: number): FseTable {
  return { log: 0, entries: Int32Array.of(symbol << 24) };
}

/**
 * Builds a table from how often each of its symbols comes: -1 is less than once in a table's length.
 *
 * @see RFC 8878, 4.1.1
 */
export function buildFseTable(frequencies: ArrayLike<number>, log: number): FseTable {
  const size = 1 << log;
  const entries = new Int32Array(size);
  const next = new Uint16Array(frequencies.length);
  let high = size - 1;
  for (let symbol = 0; symbol < frequencies.length; symbol++) {
    const frequency = frequencies[symbol] as number;
    next[symbol] = Math.abs(frequency);
    if (frequency === -1) entries[high--] = symbol;
  }
  const step = (size >> 1) + (size >> 3) + 3;
  let place = 0;
  for (let symbol = 0; symbol < frequencies.length; symbol++) {
    for (let count = frequencies[symbol] as number; count > 0; count--) {
      entries[place] = symbol;
      do place = (place + step) & (size - 1);
      while (place > high);
    }
  }
  for (let index = 0; index < size; index++) {
    const symbol = entries[index] as number;
    const state = next[symbol] as number;
    next[symbol] = state + 1;
    const bits = log - (31 - Math.clz32(state));
    entries[index] = (symbol << 24) | (bits << 16) | ((state << bits) - size);
  }
  return { log, entries };
}

/**
 * Reads a table's description from `bytes[start, end)`.
 *
 * @returns the table and where its description ends; `undefined` where it can't be
 */
export function readFseTable(
  bytes: Uint8Array,
  start: number,
  end: number,
  mostLog: number,
  mostSymbol: number,
): { readonly table: FseTable; readonly end: number } | undefined {
  let position = 0;
  const peek = (count: number): number => {
    const at = start + (position >> 3);
    const word = at < end ? (bytes[at] as number) : 0;
    const second = at + 1 < end ? (bytes[at + 1] as number) : 0;
    const third = at + 2 < end ? (bytes[at + 2] as number) : 0;
    return ((word | (second << 8) | (third << 16)) >> (position & 7)) & ((1 << count) - 1);
  };
  const log = peek(4) + 5;
  position += 4;
  if (log > mostLog) return undefined;
  const frequencies: number[] = [];
  let left = 1 << log;
  while (left > 0 && frequencies.length <= mostSymbol) {
    // Values up to `left + 1` take as few bits as they can: the small ones one less.
    const bits = 32 - Math.clz32(left + 1);
    const short = (1 << bits) - 2 - left;
    let value = peek(bits) & ((1 << (bits - 1)) - 1);
    if (value < short) {
      position += bits - 1;
    } else {
      value = peek(bits);
      if (value >= 1 << (bits - 1)) value -= short;
      position += bits;
    }
    const frequency = value - 1;
    left -= Math.abs(frequency);
    frequencies.push(frequency);
    if (frequency !== 0) continue;
    for (let zeros = 3; zeros === 3 && frequencies.length <= mostSymbol; ) {
      zeros = peek(2);
      position += 2;
      for (let count = zeros; count > 0; count--) frequencies.push(0);
    }
  }
  const behind = start + ((position + 7) >> 3);
  if (left !== 0 || frequencies.length > mostSymbol + 1 || behind > end) return undefined;
  return { table: buildFseTable(frequencies, log), end: behind };
}
