import type { Section } from "../codec/section.js";

/** The place in the patch file of a byte of a section: the section's start where it is compressed. */
export const sectionPlace = (section: Section, position: number): number =>
  section.codec === "stored" ? section.offset + position : section.offset;
