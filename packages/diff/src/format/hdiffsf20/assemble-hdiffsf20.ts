import type { Assembler } from "../../apply/assembler.js";
import { type Breather, piecesABreath } from "../../breather.js";
import type { SectionReader } from "../../codec/section-reader.js";
import type { PatchLimits } from "../../patch-limits.js";
import { corruptPatch } from "../corrupt-patch.js";
import { CoverReader } from "../cover.js";
import { sectionPlace } from "../section-place.js";
import type { HdiffSf20Header } from "./hdiffsf20-header.js";
import { StepReader } from "./step-reader.js";

/**
 * Makes the new file of an HDIFFSF20 patch.
 *
 * @throws `CORRUPT_PATCH`, `TOO_LARGE`
 */
export async function assembleHdiffSf20(
  header: HdiffSf20Header,
  body: SectionReader,
  assembler: Assembler,
  limits: PatchLimits,
  breather: Breather,
): Promise<void> {
  const { newBytes, oldBytes } = header;
  const [section] = header.sections;
  const steps = new StepReader(header, body, limits);
  const corrupt = (part: string, problem: string) =>
    corruptPatch(part, problem, sectionPlace(section, body.position));
  const exhausted = () => corrupt("body", "it ends before the new file does");
  let place = section.offset;
  const cover = new CoverReader(oldBytes, newBytes, (start) =>
    section.codec === "stored" ? place + start : place,
  );

  let left = header.covers;
  while (left > 0) {
    const step = await steps.next();
    const { covers, differences } = step;
    place = step.place;
    while (covers.start < covers.end) {
      if (left === 0) throw corrupt("covers", "there are more than the header says");
      cover.next(covers);
      left -= 1;
      if (left % piecesABreath === 0) await breather.breathe();
      const { gap, oldPosition, length } = cover;
      if (length === 0 && left > 0) throw corrupt("covers", "one before the last is empty");

      const copied = assembler.freshNow(body, gap);
      if (copied < gap) await assembler.fresh(body, gap - copied, exhausted);
      const made = assembler.coverNow(oldPosition, length, differences);
      if (made < length) await assembler.cover(oldPosition + made, length - made, differences);
    }
    differences.expectEnd();
  }

  if (cover.newEnd !== newBytes) {
    const problem = `they make ${cover.newEnd} bytes, the header says ${newBytes}`;
    throw corrupt("covers", problem);
  }
  await body.expectEnd();
}
