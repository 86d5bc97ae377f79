import type { ByteSink } from "./byte-sink.js";

// What a run is called in the control section's tag bits.
const zeros = 0;
const ones = 1;
const repeated = 2;
const literal = 3;

/** Shorter runs cost more, as an entry of their own, than as a part of a literal one. */
const leastRun = { zeros: 2, ones: 3, repeated: 4 } as const;

/** Puts the run-length code of differences, as HDIFF13 has it, behind what `control` and `code` hold. */
export function encodeRuns(differences: Uint8Array, control: ByteSink, code: ByteSink): void {
  const size = differences.length;
  const words = new DataView(differences.buffer, differences.byteOffset, size);
  let literalStart = 0;
  const endLiteral = (end: number): void => {
    if (end === literalStart) return;
    control.putVarint(end - literalStart - 1, literal, 2);
    code.put(differences.subarray(literalStart, end));
  };
  for (let start = 0; start < size; ) {
    const value = differences[start] as number;
    let end = start + 1;
    if (value === 0) while (end <= size - 4 && words.getInt32(end, true) === 0) end += 4;
    while (end < size && differences[end] === value) end += 1;
    const [kind, least] =
      value === 0
        ? [zeros, leastRun.zeros]
        : value === 0xff
          ? [ones, leastRun.ones]
          : [repeated, leastRun.repeated];
    if (end - start >= least) {
      endLiteral(start);
      control.putVarint(end - start - 1, kind, 2);
      if (kind === repeated) code.putByte(value);
      literalStart = end;
    }
    start = end;
  }
  endLiteral(size);
}
