import { extremes, mutateBytes } from "./mutate-bytes.js";
import type { Random } from "./random.js";

const tripleBytes = 24;
const sign = 2n ** 63n;

/**
 * A control block of bsdiff with something wrong in it: a number, or two of which one makes up for the other, so that
 * not each mistake ends in a wrong sum.
 */
export function mutateTriples(control: Buffer, random: Random): Buffer {
  const count = Math.floor(control.length / tripleBytes);
  if (count === 0 || random.chance(0.3)) return mutateBytes(control, random);
  const mutated = Buffer.from(control);
  const at = tripleBytes * random.below(count);
  const step = random.chance(0.5) ? BigInt(random.length(4096)) : random.of(extremes);
  switch (random.below(4)) {
    case 0:
      add(mutated, at, -step);
      add(mutated, at + 8, step);
      break;
    case 1:
      add(mutated, at, step);
      add(mutated, at + 8, -step);
      break;
    case 2:
      add(mutated, at + 16, random.chance(0.5) ? step : -step);
      break;
    default:
      mutated.writeBigUInt64LE(random.of(extremes), at + 8 * random.below(3));
  }
  return mutated;
}

function add(bytes: Buffer, at: number, step: bigint): void {
  const stored = bytes.readBigUInt64LE(at);
  const sum = (stored < sign ? stored : sign - stored) + step;
  bytes.writeBigUInt64LE(sum < 0n ? sign | (-sum % sign) : sum % sign, at);
}
