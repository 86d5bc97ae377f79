/** Where each kind of chance stands in the one array of them. */
export const isMatch = 0;
export const isLongRepeat0 = isMatch + 12 * 16;
export const isRepeat = isLongRepeat0 + 12 * 16;
export const isRepeat1To3 = isRepeat + 12;
export const isRepeat2To3 = isRepeat1To3 + 12;
export const isRepeat3 = isRepeat2To3 + 12;
export const distanceSlots = isRepeat3 + 12;
export const distanceBits = distanceSlots + 4 * 64;
export const distanceAlign = distanceBits + 128;
export const matchLength = distanceAlign + 16;
/** Of a length: the two choices, then 16 trees of 8, another 16 of 8, and one of 256. */
export const lengthLow = 2;
export const lengthMiddle = lengthLow + 16 * 8;
export const lengthHigh = lengthMiddle + 16 * 8;
export const repeatLength = matchLength + lengthHigh + 256;
export const literals = repeatLength + lengthHigh + 256;
export const literalChances = 0x300;
