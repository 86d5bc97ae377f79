import type { Assembler } from "../../apply/assembler.js";
import { type Breather, piecesABreath } from "../../breather.js";
import type { Section } from "../../codec/section.js";
import type { SectionReader } from "../../codec/section-reader.js";
import { corruptPatch } from "../corrupt-patch.js";
import { CoverReader, maxCoverBytes } from "../cover.js";
import { sectionPlace } from "../section-place.js";
import { type Hdiff13Header, spareCovers } from "./hdiff13-header.js";
import { RunDifferences } from "./run-differences.js";

/**
 * Makes the new file of an HDIFF13 patch.
 *
 * @param readers - Of the header's sections, in their order.
 * @throws `CORRUPT_PATCH`
 */
export async function assembleHdiff13(
  header: Hdiff13Header,
  readers: readonly SectionReader[],
  assembler: Assembler,
  breather: Breather,
): Promise<void> {
  const { newBytes, oldBytes, sections } = header;
  const [coverSection, controlSection, codeSection, freshSection] = sections;
  const [covers, control, code, fresh] = readers as [
    SectionReader,
    SectionReader,
    SectionReader,
    SectionReader,
  ];
  const differences = new RunDifferences(
    { section: controlSection, reader: control },
    { section: codeSection, reader: code },
    newBytes,
  );
  const exhausted = () =>
    corruptPatch(freshSection.name, "it ends before the new file does", freshSection.offset);
  const tooManyEmpty = () =>
    corruptPatch(
      coverSection.name,
      "too many make nothing",
      sectionPlace(coverSection, covers.position),
    );
  const cover = new CoverReader(oldBytes, newBytes, () =>
    sectionPlace(coverSection, covers.position),
  );

  let empty = 0;
  // The piece behind the last cover is new data, without a cover of its own.
  for (let left = header.covers; left >= 0; left -= 1) {
    if (left % piecesABreath === 0) await breather.breathe();
    if (left > 0) {
      if (covers.end - covers.start < maxCoverBytes) await needCover(covers, coverSection);
      cover.next(covers);
      if (cover.gap === 0 && cover.length === 0) {
        empty += 1;
        if (empty > cover.newEnd + spareCovers) throw tooManyEmpty();
      }
    } else {
      cover.gap = newBytes - cover.newEnd;
      cover.length = 0;
    }
    const { gap, oldPosition, length } = cover;

    const copied = assembler.freshNow(fresh, gap);
    if (copied < gap) await assembler.fresh(fresh, gap - copied, exhausted);
    let skipped = differences.skip(gap);
    while (skipped < gap) {
      await differences.refill();
      skipped += differences.skip(gap - skipped);
    }

    const made = assembler.coverNow(oldPosition, length, differences);
    if (made < length) await assembler.cover(oldPosition + made, length - made, differences);
  }

  await covers.expectEnd();
  await fresh.expectEnd();
  await differences.expectEnd();
}

/** Makes a whole cover available, or all that is left where that is less. */
async function needCover(covers: SectionReader, section: Section): Promise<void> {
  const left = (section.rawBytes ?? 0) - covers.position;
  if (covers.end - covers.start < left) await covers.need(Math.min(maxCoverBytes, left));
}
