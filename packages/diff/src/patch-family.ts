import { PatchError } from "@potassium/core-types";
import type { PatchFormat } from "./format/recognise.js";

/** The engine that reads a format. */
export type PatchFamily = "bsdiff" | "hdiff";

export function familyOf(format: PatchFormat): PatchFamily {
  switch (format) {
    case "BSDIFF40":
    case "ENDSLEY/BSDIFF43":
      return "bsdiff";
    case "HDIFF13":
    case "HDIFFSF20":
      return "hdiff";
    default:
      return format satisfies never;
  }
}

/** @throws `UNSUPPORTED_FORMAT` for a patch that another engine reads */
export function expectFamily(format: PatchFormat, family: PatchFamily): void {
  const right = familyOf(format);
  if (right === family) return;
  throw new PatchError(
    "UNSUPPORTED_FORMAT",
    `the engine ${family} can't read the patch: it is ${format}, which the engine ${right} reads`,
  );
}
