import type { Assembler } from "../../apply/assembler.js";
import type { Section } from "../../codec/section.js";
import type { SectionReader } from "../../codec/section-reader.js";
import { corruptPatch } from "../corrupt-patch.js";
import { PlainDifferences } from "./plain-differences.js";
import { readTriple, spareSeeks, tripleBytes } from "./triple.js";

/** The three streams of a bsdiff patch. In ENDSLEY/BSDIFF43 they are one and the same. */
export interface BsdiffStreams {
  readonly control: SectionReader;
  readonly diff: SectionReader;
  readonly extra: SectionReader;
  /** Where they are, in the same order. */
  readonly sections: readonly [control: Section, diff: Section, extra: Section];
}

/**
 * Makes the new file of a bsdiff patch. Bytes outside of the old file are never read: by the rules of 2003 they
 * would count as zeros, but no tool writes patches that need them.
 *
 * @throws `CORRUPT_PATCH`
 */
export async function assembleBsdiff(
  newBytes: number,
  streams: BsdiffStreams,
  assembler: Assembler,
): Promise<void> {
  const { control, diff, extra } = streams;
  const [controlSection, diffSection, extraSection] = streams.sections;
  const exhausted = (section: Section) => () =>
    corruptPatch(section.name, "it ends before the new file does", section.offset);
  const corrupt = (problem: string) =>
    corruptPatch(controlSection.name, problem, controlSection.offset);
  const differences = new PlainDifferences(diff, exhausted(diffSection));
  const extraExhausted = exhausted(extraSection);
  const oldBytes = assembler.old.sizeBytes;
  let oldPosition = 0;
  let seeks = 0;

  for (let left = newBytes; left > 0; ) {
    if (control.end - control.start < tripleBytes) await control.need(tripleBytes);
    const { x, y, z } = readTriple(control.buffer, control.start, left, controlSection.offset);
    control.start += tripleBytes;

    if (x > 0) {
      if (oldPosition < 0 || oldPosition > oldBytes || x > oldBytes - oldPosition) {
        throw corrupt(
          `a triple reads outside of the old file, which has ${oldBytes} bytes: probably it is not the one that the patch was made for`,
        );
      }
      const made = assembler.coverNow(oldPosition, x, differences);
      if (made < x) await assembler.cover(oldPosition + made, x - made, differences);
    }
    const copied = assembler.freshNow(extra, y);
    if (copied < y) await assembler.fresh(extra, y - copied, extraExhausted);

    left -= x + y;
    if (left === 0) break;
    oldPosition += x + z;
    if (!Number.isSafeInteger(oldPosition)) throw corrupt("a triple seeks beyond 2^53 - 1");
    if (x === 0 && y === 0) {
      seeks += 1;
      if (seeks > newBytes - left + spareSeeks) throw corrupt("too many triples make nothing");
    }
  }

  // hdiffz writes one triple, all zeros, for an empty new file.
  if (newBytes === 0) await skipZeroTriple(control, corrupt);
  for (const reader of new Set([control, diff, extra])) await reader.expectEnd();
}

async function skipZeroTriple(
  control: SectionReader,
  corrupt: (problem: string) => Error,
): Promise<void> {
  if (control.start === control.end && !(await control.fill())) return;
  await control.need(tripleBytes);
  const triple = control.buffer.subarray(control.start, control.start + tripleBytes);
  if (triple.some((byte) => byte !== 0)) throw corrupt("triples for an empty new file");
  control.start += tripleBytes;
}
