import type { Section } from "../../codec/section.js";
import { corruptPatch } from "../corrupt-patch.js";
import { HdiffHeader } from "../hdiff-header.js";
import { placeSections, readSectionSizes } from "../hdiff-section.js";

/** What the header of an HDIFFSF20 patch says. */
export interface HdiffSf20Header {
  readonly format: "HDIFFSF20";
  /** The type of compression, as written. */
  readonly type: string;
  readonly newBytes: number;
  readonly oldBytes: number;
  readonly covers: number;
  /** The most bytes of covers and rle in one step: a reader holds that many. */
  readonly stepBytes: number;
  readonly sections: readonly [body: Section];
  /** Where the old file's size stands. */
  readonly oldBytesOffset: number;
}

/** What hpatchz allows a step, however small the new file is. */
const minMaxStepBytes = 16 * 1024 ** 2;

/** @throws `CORRUPT_PATCH`, `UNSUPPORTED_FORMAT` (the compression) */
export function parseHdiffSf20Header(bytes: Uint8Array, fileBytes: number): HdiffSf20Header {
  const header = new HdiffHeader(bytes, "HDIFFSF20");
  const type = header.readType();
  const newBytes = header.readInteger("new file's size");
  const oldBytesOffset = header.offset;
  const oldBytes = header.readInteger("old file's size");
  const coversOffset = header.offset;
  const covers = header.readInteger("number of covers");
  const stepBytes = header.readInteger("size of a step");
  const body = readSectionSizes(header, "body");
  const expect = (right: boolean, problem: string) => {
    if (!right) throw corruptPatch("header", problem, coversOffset);
  };
  expect(covers >= 1, "no covers");
  expect(covers <= body.rawBytes / 3, "more covers than the body can hold");
  expect(body.packedBytes <= body.rawBytes, "a compressed body that is larger than the body");
  expect(stepBytes <= body.rawBytes, "a step that is larger than the body");
  expect(stepBytes <= Math.max(newBytes, minMaxStepBytes), "a step that is too large");
  expect(newBytes - body.rawBytes <= covers * oldBytes, "too few covers for the new file's size");
  // Each makes a byte, but for the last one, which may be empty.
  expect(covers <= newBytes + 1, "more covers than the new file can need");
  const [section] = placeSections([body], type, header.offset, fileBytes) as [Section];
  return {
    format: "HDIFFSF20",
    type,
    newBytes,
    oldBytes,
    covers,
    stepBytes,
    sections: [section],
    oldBytesOffset,
  };
}
