import {
  distanceAlign,
  distanceBits,
  distanceSlots,
  isLongRepeat0,
  isRepeat1To3,
  isRepeat2To3,
  isRepeat3,
  lengthHigh,
  lengthLow,
  lengthMiddle,
  matchLength,
  repeatLength,
} from "../../src/codec/lzma/chance-places";
import { distanceSlot } from "./distance-slot";
import {
  alignPricesAt,
  bitPricesAt,
  chancesAt,
  distanceSlotCount,
  matchLengthPricesAt,
  nearDistances,
  nearPricesAt,
  repeatLengthPricesAt,
  slotPricesAt,
  treePricesAt,
} from "./layout";

/**
 * Computes what a bit 0 costs by its chance >> 4, in sixteenths of a bit; a bit 1 costs what stands at
 * `(chance >> 4) ^ 127`. By whole numbers, as all of this.
 */
function makeBitPrices(): void {
  for (let index = 0; index < 128; index += 1) {
    let square: u64 = (index << 4) + 8;
    let price = 11 * 16 - 15;
    for (let bit = 8; bit > 0; bit >>= 1) {
      square *= square;
      for (; square >= 2 ** 16; square >>>= 1) price -= bit;
    }
    store<u8>(index, price, bitPricesAt);
  }
}

makeBitPrices();

/** What a bit 0 costs where its chance is that at `slot`, in sixteenths of a bit. */
export function priceOf0(slot: i32): i32 {
  return load<u8>(<i32>load<u16>(slot << 1, chancesAt) >> 4, bitPricesAt);
}

/** What a bit 1 costs there. */
export function priceOf1(slot: i32): i32 {
  return load<u8>((<i32>load<u16>(slot << 1, chancesAt) >> 4) ^ 127, bitPricesAt);
}

export function priceOfBit(slot: i32, bit: i32): i32 {
  return load<u8>((<i32>load<u16>(slot << 1, chancesAt) >> 4) ^ (127 & -bit), bitPricesAt);
}

/** Computes what lengths and distances cost as the chances stand now. */
export function refreshPrices(): void {
  refreshLengths(matchLengthPricesAt, matchLength);
  refreshLengths(repeatLengthPricesAt, repeatLength);
  for (let index = 0; index < 16; index += 1) {
    store<i32>(index << 2, priceOfReverseTree(distanceAlign, index, 4), alignPricesAt);
  }
  for (let kind = 0; kind < 4; kind += 1) refreshSlots(kind);
  for (let distance = 0; distance < nearDistances; distance += 1) refreshNear(distance);
}

export function priceOfMatchLength(length: i32): i32 {
  return load<i32>(length << 2, matchLengthPricesAt);
}

export function priceOfRepeatLength(length: i32): i32 {
  return load<i32>(length << 2, repeatLengthPricesAt);
}

/** Of a distance, less one, as the last `refreshPrices()` found it. */
export function priceOfDistance(distance: i32, length: i32): i32 {
  const kind = length < 5 ? length - 2 : 3;
  if (distance < nearDistances) {
    return load<i32>((kind * nearDistances + distance) << 2, nearPricesAt);
  }
  return (
    load<i32>((kind * distanceSlotCount + distanceSlot(distance)) << 2, slotPricesAt) +
    load<i32>((distance & 15) << 2, alignPricesAt)
  );
}

/** Of a match at one of the last four distances, without its length, as the chances stand now. */
export function priceOfRepeat(index: i32, state: i32): i32 {
  const first = isRepeat1To3 + state;
  if (index === 0) return priceOf0(first) + priceOf1(isLongRepeat0 + (state << 4));
  const second = isRepeat2To3 + state;
  if (index === 1) return priceOf1(first) + priceOf0(second);
  return priceOf1(first) + priceOf1(second) + priceOfBit(isRepeat3 + state, index - 2);
}

function refreshLengths(prices: i32, chances: i32): void {
  const longer = priceOf1(chances);
  priceTree(prices + 4 * 2, chances + lengthLow, 3, priceOf0(chances));
  priceTree(prices + 4 * 10, chances + lengthMiddle, 3, longer + priceOf0(chances + 1));
  priceTree(prices + 4 * 18, chances + lengthHigh, 8, longer + priceOf1(chances + 1));
}

/** Of the slot, and the bits that are as likely 0 as 1. */
function refreshSlots(kind: i32): void {
  const prices = slotPricesAt + ((kind * distanceSlotCount) << 2);
  priceTree(prices, distanceSlots + (kind << 6), 6, 0);
  for (let slot = 14; slot < distanceSlotCount; slot += 1) {
    const direct = (slot >> 1) - 1 - 4;
    const place = prices + (slot << 2);
    store<i32>(place, load<i32>(place) + (direct << 4));
  }
}

/** For each of the four kinds of lengths: 2, 3, 4, more. */
function refreshNear(distance: i32): void {
  const slot = distanceSlot(distance);
  let price = 0;
  if (slot >= 4) {
    const bits = (slot >> 1) - 1;
    const base = (2 | (slot & 1)) << bits;
    price = priceOfReverseTree(distanceBits + base - slot, distance - base, bits);
  }
  for (let kind = 0; kind < 4; kind += 1) {
    const ofSlot = load<i32>((kind * distanceSlotCount + slot) << 2, slotPricesAt);
    store<i32>((kind * nearDistances + distance) << 2, ofSlot + price, nearPricesAt);
  }
}

/** Puts the prices of all symbols of a tree of up to 8 bits, `more` added, at `prices`. */
function priceTree(prices: i32, chances: i32, bits: i32, more: i32): void {
  const size = 1 << bits;
  store<i32>(treePricesAt + 4, more);
  for (let node = 1; node < size; node += 1) {
    const price = load<i32>(node << 2, treePricesAt);
    store<i32>(node << 3, price + priceOf0(chances + node), treePricesAt);
    store<i32>(node << 3, price + priceOf1(chances + node), treePricesAt + 4);
  }
  memory.copy(prices, treePricesAt + (size << 2), size << 2);
}

function priceOfReverseTree(chances: i32, symbol: i32, bits: i32): i32 {
  let node = 1;
  let price = 0;
  for (let index = 0; index < bits; index += 1) {
    const bit = (symbol >> index) & 1;
    price += priceOfBit(chances + node, bit);
    node = (node << 1) | bit;
  }
  return price;
}
