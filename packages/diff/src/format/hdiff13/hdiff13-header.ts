import type { Section } from "../../codec/section.js";
import { corruptPatch } from "../corrupt-patch.js";
import { maxCoverBytes } from "../cover.js";
import { HdiffHeader } from "../hdiff-header.js";
import { placeSections, readSectionSizes } from "../hdiff-section.js";
import { maxVarintBytes } from "../varint.js";

/** What the header of an HDIFF13 patch says. */
export interface Hdiff13Header {
  readonly format: "HDIFF13";
  /** The type of compression, as written. */
  readonly type: string;
  readonly newBytes: number;
  readonly oldBytes: number;
  readonly covers: number;
  readonly sections: readonly [covers: Section, control: Section, code: Section, fresh: Section];
  /** Where the old file's size stands. */
  readonly oldBytesOffset: number;
}

/** The fewest bytes of a cover: three integers. */
const minCoverBytes = 3;

/**
 * How many covers that make nothing (legal, and few in real patches) may be more than the bytes made so far:
 * a patch of 2 KiB can hold a thousand million of them.
 */
export const spareCovers = 65_536;

/** @throws `CORRUPT_PATCH`, `UNSUPPORTED_FORMAT` (the compression) */
export function parseHdiff13Header(bytes: Uint8Array, fileBytes: number): Hdiff13Header {
  const header = new HdiffHeader(bytes, "HDIFF13");
  const type = header.readType();
  const newBytes = header.readInteger("new file's size");
  const oldBytesOffset = header.offset;
  const oldBytes = header.readInteger("old file's size");
  const coversOffset = header.offset;
  const covers = header.readInteger("number of covers");
  const [coverSizes, control, code, fresh] = [
    readSectionSizes(header, "covers"),
    readSectionSizes(header, "rle control"),
    readSectionSizes(header, "rle code"),
    readSectionSizes(header, "new data"),
  ] as const;
  const expect = (right: boolean, problem: string) => {
    if (!right) throw corruptPatch("header", problem, coversOffset);
  };
  expect(covers <= coverSizes.rawBytes / minCoverBytes, "more covers than their section can hold");
  expect(fresh.rawBytes <= newBytes, "more new data than the new file has bytes");
  expect(code.rawBytes <= newBytes, "more rle code than the new file has bytes");
  expect(control.rawBytes <= newBytes * maxVarintBytes, "more rle control than can be used");
  expect(newBytes - fresh.rawBytes <= covers * oldBytes, "too few covers for the new file's size");
  // Every other one makes a byte.
  expect(covers <= newBytes + spareCovers, "more covers than the new file can need");
  expect(coverSizes.rawBytes <= covers * maxCoverBytes, "more bytes of covers than they can take");
  const placed = placeSections([coverSizes, control, code, fresh], type, header.offset, fileBytes);
  const sections = placed as unknown as Hdiff13Header["sections"];
  return { format: "HDIFF13", type, newBytes, oldBytes, covers, sections, oldBytesOffset };
}
