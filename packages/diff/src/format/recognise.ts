import { PatchError } from "@potassium/core-types";
import { corruptPatch } from "./corrupt-patch.js";

/** The formats that are read here. */
export type PatchFormat = "BSDIFF40" | "ENDSLEY/BSDIFF43" | "HDIFF13" | "HDIFFSF20";

const formats: readonly PatchFormat[] = ["BSDIFF40", "ENDSLEY/BSDIFF43", "HDIFF13", "HDIFFSF20"];

/** The first bytes of formats that are known and not read, and what they are. */
const refused: readonly (readonly [magic: string, what: string])[] = [
  ["HDIFF19&", "HDIFF19, a patch of HDiffPatch for a whole folder: make one for each file"],
  ["HDIFFW26", "HDIFFW26, of a newer HDiffPatch: make it again without the option -WD"],
  ["\xd6\xc3\xc4", "VCDIFF, of xdelta3 or open-vcdiff"],
  ["HDirSyn", "HDirSyn, an index of HDiffPatch's sync"],
  ["HSyn", "HSyn, an index of HDiffPatch's sync"],
  ["\x28\xb5\x2f\xfd", "a Zstandard file; patches by zstd --patch-from are not supported"],
];

/**
 * Tells a patch's format from its first bytes.
 *
 * @param start - 16 bytes or more, where the file has them.
 * @throws `CORRUPT_PATCH` for a file that is empty or ends within its format's name, `UNSUPPORTED_FORMAT`
 */
export function recognise(start: Uint8Array): PatchFormat {
  const text = Buffer.from(start.subarray(0, 16)).toString("latin1");
  if (text === "") throw corruptPatch("header", "the file is empty", 0);
  for (const format of formats) {
    const magic = format.startsWith("HDIFF") ? `${format}&` : format;
    if (text.startsWith(magic)) return format;
    if (magic.startsWith(text))
      throw corruptPatch("header", "the file ends within it", text.length);
  }
  const known = refused.find(([magic]) => text.startsWith(magic));
  const what = known?.[1] ?? "none of the formats BSDIFF40, ENDSLEY/BSDIFF43, HDIFF13, HDIFFSF20";
  throw new PatchError("UNSUPPORTED_FORMAT", `can't read the patch: it is ${what}`);
}
