import { extremes, mutateBytes } from "./mutate-bytes.js";
import { mutateTriples } from "./mutate-triples.js";
import {
  changedInside,
  type PatchParts,
  putTogether,
  sizesOf,
  withSection,
} from "./patch-parts.js";
import type { Random } from "./random.js";

/** A patch, and what it is made of. */
export interface FuzzSeed {
  readonly bytes: Buffer;
  readonly parts: PatchParts;
}

/**
 * A patch like `seed` with something wrong in it: anywhere, in the integers of its header, inside a section, or with
 * a section of another patch.
 *
 * @param others - Of the same format.
 */
export function mutatePatch(seed: FuzzSeed, others: readonly FuzzSeed[], random: Random): Buffer {
  const { parts } = seed;
  const index = random.below(parts.sections.length);
  switch (random.below(6)) {
    case 0:
      return putTogether(withExtreme(parts, random));
    case 1:
      return putTogether(withExchange(parts, random.of(others).parts, index, random));
    case 2:
    case 3: {
      const isBsdiff = parts.magic.includes("BSDIFF");
      // Of the bsdiff formats fewer, since each one starts a program.
      if (isBsdiff && random.chance(0.8)) return mutateBytes(seed.bytes, random);
      const mutate = isBsdiff ? mutateTriples : mutateBytes;
      const changed = isBsdiff ? 0 : index;
      const inside = changedInside(parts, changed, (raw) => mutate(raw, random));
      return inside === undefined ? mutateBytes(seed.bytes, random) : putTogether(inside);
    }
    default:
      return mutateBytes(seed.bytes, random);
  }
}

function withExtreme(parts: PatchParts, random: Random): PatchParts {
  const integers = [...parts.integers];
  for (let count = random.chance(0.7) ? 1 : 3; count > 0; count -= 1) {
    const index = random.below(integers.length);
    const near = (integers[index] ?? 0n) + BigInt(random.below(5) - 2);
    integers[index] = random.chance(0.7) ? random.of(extremes) : BigInt.asUintN(64, near);
  }
  return { ...parts, integers };
}

/** The header's sizes follow, or don't. */
function withExchange(
  parts: PatchParts,
  other: PatchParts,
  index: number,
  random: Random,
): PatchParts {
  const from = random.chance(0.7) ? index : random.below(other.sections.length);
  const section = other.sections[from] as Buffer;
  if (random.chance(0.2)) return { ...parts, sections: parts.sections.with(index, section) };
  return withSection(parts, index, section, sizesOf(other, from));
}
