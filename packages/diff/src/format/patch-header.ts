import type { ByteSource } from "../source/byte-source.js";
import { type Bsdiff40Header, parseBsdiff40Header } from "./bsdiff40/bsdiff40-header.js";
import { type EndsleyHeader, parseEndsleyHeader } from "./endsley/endsley-header.js";
import { type Hdiff13Header, parseHdiff13Header } from "./hdiff13/hdiff13-header.js";
import { type HdiffSf20Header, parseHdiffSf20Header } from "./hdiffsf20/hdiffsf20-header.js";
import { recognise } from "./recognise.js";

/** What a patch's header says, format by format. */
export type PatchHeader = Bsdiff40Header | EndsleyHeader | Hdiff13Header | HdiffSf20Header;

/** No header is longer: two texts of up to 260 bytes, and 11 integers of up to 11. */
const maxHeaderBytes = 1024;

/**
 * Reads the header of a patch, and nothing behind it.
 *
 * @throws `CORRUPT_PATCH`, `UNSUPPORTED_FORMAT`, `IO_ERROR`
 */
export async function readPatchHeader(source: ByteSource): Promise<PatchHeader> {
  const room = new Uint8Array(Math.min(maxHeaderBytes, source.sizeBytes));
  const bytes = room.subarray(0, await source.read(0, room));
  return parsePatchHeader(bytes, source.sizeBytes);
}

/**
 * @param bytes - The patch's start: its whole header, unless the patch is shorter.
 * @throws `CORRUPT_PATCH`, `UNSUPPORTED_FORMAT`
 */
export function parsePatchHeader(bytes: Uint8Array, fileBytes: number): PatchHeader {
  const format = recognise(bytes);
  switch (format) {
    case "BSDIFF40":
      return parseBsdiff40Header(bytes, fileBytes);
    case "ENDSLEY/BSDIFF43":
      return parseEndsleyHeader(bytes, fileBytes);
    case "HDIFF13":
      return parseHdiff13Header(bytes, fileBytes);
    case "HDIFFSF20":
      return parseHdiffSf20Header(bytes, fileBytes);
    default:
      return format satisfies never;
  }
}
