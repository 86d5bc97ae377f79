import { byteCount } from "../option/byte-count.js";

/** Parses memory and swap together, in bytes; -1 for swap without limit. */
export const swapFlag = (text: string): number => (text === "-1" ? -1 : byteCount(text));
