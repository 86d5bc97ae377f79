import type { Section } from "../../codec/section.js";
import { readLength } from "../bsdiff40/read-length.js";
import { maxControlBytes } from "../bsdiff40/triple.js";
import { corruptPatch } from "../corrupt-patch.js";

/** What the header of an ENDSLEY/BSDIFF43 patch says. */
export interface EndsleyHeader {
  readonly format: "ENDSLEY/BSDIFF43";
  readonly newBytes: number;
  /** Each triple with its diff and extra bytes behind it. */
  readonly sections: readonly [body: Section];
}

const headerBytes = 24;

/** @throws `CORRUPT_PATCH` */
export function parseEndsleyHeader(bytes: Uint8Array, fileBytes: number): EndsleyHeader {
  if (bytes.length < headerBytes) {
    throw corruptPatch("header", "the file ends within it", bytes.length);
  }
  const newBytes = readLength(bytes, 16, "new file's size");
  const body: Section = {
    name: "body",
    offset: headerBytes,
    storedBytes: fileBytes - headerBytes,
    rawBytes: undefined,
    maxRawBytes: Math.min(maxControlBytes(newBytes) + newBytes, Number.MAX_SAFE_INTEGER),
    codec: "bz2",
  };
  return { format: "ENDSLEY/BSDIFF43", newBytes, sections: [body] };
}
