import { buildFseTable } from "./fse-table.js";

/** @see RFC 8878, 3.1.1.3.2.1.1: for each code of a length, its extra bits; the values follow on each other. */
const literalExtra = [
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12,
  13, 14, 15, 16,
];
const matchExtra = [
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
  1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
];

function leastValues(extra: readonly number[], first: number): Int32Array {
  const least = new Int32Array(extra.length);
  let value = first;
  for (const [code, bits] of extra.entries()) {
    least[code] = value;
    value += 1 << bits;
  }
  return least;
}

/** How the codes of sequences turn into lengths, and the tables that are used where a block brings none. */
export function sequenceCodes() {
  return {
    literalExtra: Uint8Array.from(literalExtra),
    literalLeast: leastValues(literalExtra, 0),
    matchExtra: Uint8Array.from(matchExtra),
    matchLeast: leastValues(matchExtra, 3),
    literals: buildFseTable(
      [
        4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1,
        1, -1, -1, -1, -1,
      ],
      6,
    ),
    offsets: buildFseTable(
      [1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1],
      5,
    ),
    matches: buildFseTable(
      [
        1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1,
      ],
      6,
    ),
  };
}
