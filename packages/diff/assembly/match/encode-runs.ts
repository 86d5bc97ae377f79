// What a run is called in the control section's tag bits.
const zeros: i32 = 0;
const ones: i32 = 1;
const repeated: i32 = 2;
const literal: i32 = 3;

// Shorter runs cost more, as an entry of their own, than as a part of a literal one.
const leastZeros: i32 = 2;
const leastOnes: i32 = 3;
const leastRepeated: i32 = 4;

/** Where the next byte of each section goes. */
export let control: usize = 0;
export let code: usize = 0;

let start: i32 = 0;
let literalStart: i32 = 0;

/** How much of the differences is gone over before the function that does it is called anew. */
const stretchBytes: i32 = 1 << 12;

/**
 * Puts the run-length code of differences, as HDIFF13 has it, to two places. No entry is longer than the run that it stands
 * for, so neither section is longer than the differences.
 */
export function encodeRuns(differences: usize, size: i32, controlAt: usize, codeAt: usize): void {
  control = controlAt;
  code = codeAt;
  start = literalStart = 0;
  while (start < size) encodeStretch(differences, size, start + stretchBytes);
  endLiteral(differences, size);
}

/** Encodes the runs that begin before `until`. */
function encodeStretch(differences: usize, size: i32, until: i32): void {
  const most = min(until, size);
  while (start < most) {
    const value = <i32>load<u8>(differences + start);
    const end = endOfRun(differences, start + 1, size, value);
    const least = value === 0 ? leastZeros : value === 0xff ? leastOnes : leastRepeated;
    if (end - start >= least) {
      endLiteral(differences, start);
      const kind = value === 0 ? zeros : value === 0xff ? ones : repeated;
      putTagged(end - start - 1, kind);
      if (kind === repeated) {
        store<u8>(code, value);
        code += 1;
      }
      literalStart = end;
    }
    start = end;
  }
}

function endOfRun(differences: usize, end: i32, size: i32, value: i32): i32 {
  if (end === size || <i32>load<u8>(differences + end) !== value) return end;
  const same = i8x16.splat(<i8>value);
  while (end <= size - 16) {
    const differs = ~i8x16.bitmask(i8x16.eq(v128.load(differences + end), same)) & 0xffff;
    if (differs !== 0) return end + ctz(differs);
    end += 16;
  }
  while (end < size && <i32>load<u8>(differences + end) === value) end += 1;
  return end;
}

function endLiteral(differences: usize, end: i32): void {
  const length = end - literalStart;
  if (length === 0) return;
  putTagged(length - 1, literal);
  memory.copy(code, differences + literalStart, length);
  code += length;
}

/** Puts a packed integer of the HDiffPatch formats, with the tag in the two bits above its first group of five. */
function putTagged(value: i32, tag: i32): void {
  let bits = 0;
  while (value >> bits >= 32) bits += 7;
  store<u8>(control, (tag << 6) | (bits > 0 ? 32 : 0) | (value >> bits));
  control += 1;
  while (bits > 0) {
    bits -= 7;
    store<u8>(control, (bits > 0 ? 0x80 : 0) | ((value >> bits) & 127));
    control += 1;
  }
}
