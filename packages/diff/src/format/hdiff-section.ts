import { codecOfType } from "../codec/codec-of-type.js";
import type { Codec, Section } from "../codec/section.js";
import { corruptPatch } from "./corrupt-patch.js";
import type { HdiffHeader } from "./hdiff-header.js";

/** The two sizes of a section as a header of HDiffPatch has them. */
export interface SectionSizes {
  readonly name: string;
  readonly rawBytes: number;
  /** 0 where it is stored as it is. */
  readonly packedBytes: number;
}

export function readSectionSizes(header: HdiffHeader, name: string): SectionSizes {
  const { offset } = header;
  const rawBytes = header.readInteger(`size of the ${name}`);
  const packedBytes = header.readInteger(`compressed size of the ${name}`);
  if (rawBytes === 0 && packedBytes > 0) {
    throw corruptPatch("header", `the ${name}: empty, and yet compressed`, offset);
  }
  return { name, rawBytes, packedBytes };
}

/**
 * Lays sections out one behind the other, from the header's end on.
 *
 * @throws `CORRUPT_PATCH` where they don't end with the file, `UNSUPPORTED_FORMAT` for an unknown `type`,
 *   unless nothing is compressed
 */
export function placeSections(
  sizes: readonly SectionSizes[],
  type: string,
  headerBytes: number,
  fileBytes: number,
): Section[] {
  let offset = headerBytes;
  const sections = sizes.map(({ name, rawBytes, packedBytes }) => {
    const storedBytes = packedBytes === 0 ? rawBytes : packedBytes;
    if (storedBytes > fileBytes - offset) {
      const problem = `${storedBytes} bytes from byte ${offset} on, in a file of ${fileBytes}`;
      throw corruptPatch(name, problem, offset);
    }
    const codec: Codec = packedBytes === 0 ? "stored" : codecOfType(type);
    if (packedBytes > 0 && codec === "stored") {
      throw corruptPatch(name, "compressed, and the header doesn't say how", offset);
    }
    const section: Section = { name, offset, storedBytes, rawBytes, codec };
    offset += storedBytes;
    return section;
  });
  if (offset !== fileBytes) {
    throw corruptPatch("end", `${fileBytes - offset} bytes behind the last section`, offset);
  }
  return sections;
}
