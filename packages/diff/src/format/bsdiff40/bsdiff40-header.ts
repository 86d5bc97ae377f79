import type { Section } from "../../codec/section.js";
import { corruptPatch } from "../corrupt-patch.js";
import { offtBytes } from "../offt.js";
import { readLength } from "./read-length.js";
import { maxControlBytes } from "./triple.js";

/** What the header of a BSDIFF40 patch says. */
export interface Bsdiff40Header {
  readonly format: "BSDIFF40";
  readonly newBytes: number;
  readonly sections: readonly [control: Section, diff: Section, extra: Section];
}

const headerBytes = 32;

/** @throws `CORRUPT_PATCH` */
export function parseBsdiff40Header(bytes: Uint8Array, fileBytes: number): Bsdiff40Header {
  if (bytes.length < headerBytes) {
    throw corruptPatch("header", "the file ends within it", bytes.length);
  }
  const controlBytes = readLength(bytes, 8, "control block's size");
  const diffBytes = readLength(bytes, 8 + offtBytes, "diff block's size");
  const newBytes = readLength(bytes, 8 + 2 * offtBytes, "new file's size");
  const bodyBytes = fileBytes - headerBytes;
  if (controlBytes > bodyBytes) {
    throw corruptPatch("header", "the control block is larger than the file", 8);
  }
  if (diffBytes > bodyBytes - controlBytes) {
    throw corruptPatch("header", "the diff block is larger than the file", 8 + offtBytes);
  }
  const block = (name: string, offset: number, storedBytes: number, maxRawBytes: number) =>
    ({ name, offset, storedBytes, rawBytes: undefined, maxRawBytes, codec: "bz2" }) as const;
  const diffOffset = headerBytes + controlBytes;
  const extraOffset = diffOffset + diffBytes;
  return {
    format: "BSDIFF40",
    newBytes,
    sections: [
      block("control block", headerBytes, controlBytes, maxControlBytes(newBytes)),
      block("diff block", diffOffset, diffBytes, newBytes),
      block("extra block", extraOffset, fileBytes - extraOffset, newBytes),
    ],
  };
}
