import type { Random } from "./random.js";

type Mutation = (bytes: Buffer, random: Random) => Buffer;

const telling = [0x00, 0x01, 0x7f, 0x80, 0xfe, 0xff];

const cut = (bytes: Buffer, start: number, count: number): Buffer =>
  Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + count)]);

const put = (bytes: Buffer, start: number, piece: Uint8Array): Buffer =>
  Buffer.concat([bytes.subarray(0, start), piece, bytes.subarray(start)]);

/** A place, near the start more often than by its share: there the integers are. */
const place = (bytes: Buffer, random: Random): number =>
  random.chance(0.3) ? random.below(Math.min(64, bytes.length)) : random.below(bytes.length);

const mutations: readonly Mutation[] = [
  function flipBit(bytes, random) {
    const at = place(bytes, random);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
    return bytes;
  },
  function setByte(bytes, random) {
    bytes[place(bytes, random)] = random.chance(0.5) ? random.of(telling) : random.below(256);
    return bytes;
  },
  function setRun(bytes, random) {
    const at = place(bytes, random);
    bytes.subarray(at, at + random.length(16)).fill(random.of(telling));
    return bytes;
  },
  function setInteger(bytes, random) {
    if (bytes.length < 8) return bytes;
    const any = Math.min(place(bytes, random), bytes.length - 8);
    const at = random.chance(0.5) ? any : any & ~7;
    bytes.writeBigUInt64LE(random.of(extremes), at);
    return bytes;
  },
  function cutEnd(bytes, random) {
    return bytes.subarray(0, random.below(bytes.length));
  },
  function cutOut(bytes, random) {
    return cut(bytes, place(bytes, random), random.length(bytes.length));
  },
  function insert(bytes, random) {
    const value = random.of(telling);
    const piece = Buffer.alloc(random.length(4096)).fill(value);
    if (random.chance(0.5)) for (const index of piece.keys()) piece[index] = random.below(256);
    return put(bytes, place(bytes, random), piece);
  },
  function duplicate(bytes, random) {
    const from = place(bytes, random);
    const piece = Buffer.from(bytes.subarray(from, from + random.length(bytes.length)));
    return put(bytes, random.chance(0.5) ? from : place(bytes, random), piece);
  },
  function swap(bytes, random) {
    const count = random.length(Math.floor(bytes.length / 2));
    const [first, second] = [place(bytes, random), place(bytes, random)];
    const piece = Buffer.from(bytes.subarray(first, first + count));
    bytes.copyWithin(first, second, Math.min(second + count, bytes.length));
    bytes.set(piece.subarray(0, bytes.length - second), second);
    return bytes;
  },
];

/** Numbers at which something may wrap, overflow, or be taken at its word. */
export const extremes: readonly bigint[] = [
  ...[0n, 1n, 2n, 23n, 127n, 128n, 255n, 65_535n, 65_536n, 2n ** 20n, 2n ** 24n, 2n ** 30n],
  ...[2n ** 31n - 1n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 40n, 2n ** 47n],
  ...[2n ** 53n - 1n, 2n ** 53n, 2n ** 62n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 63n + 1n],
  ...[2n ** 64n - 2n, 2n ** 64n - 1n],
];

/** A copy of the bytes with one thing or a few changed. */
export function mutateBytes(bytes: Buffer, random: Random): Buffer {
  let mutated: Buffer = Buffer.from(bytes);
  const count = random.chance(0.6) ? 1 : 1 + random.below(6);
  for (let index = 0; index < count; index += 1) mutated = random.of(mutations)(mutated, random);
  return mutated;
}
