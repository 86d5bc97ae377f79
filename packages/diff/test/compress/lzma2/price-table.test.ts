import { expect, test } from "vitest";
import { literals, matchLength } from "../../../src/codec/lzma/lzma-state.js";
import { bitPrices, PriceTable } from "../../../src/compress/lzma2/price-table.js";

/** Each bit's price is rounded. */
function expectBits(price: number | undefined, bits: number): void {
  expect(Math.abs((price as number) - 16 * bits)).toBeLessThanOrEqual(bits);
}

test("the price of a bit is what it takes, in sixteenths of a bit", () => {
  bitPrices.forEach((price, index) => {
    const exact = -16 * Math.log2((index + 0.5) / 128);
    expect(Math.abs(price - exact)).toBeLessThanOrEqual(1);
  });
});

test("lengths that came often are cheaper after refresh()", () => {
  const chances = new Uint16Array(literals).fill(1024);
  const prices = new PriceTable(chances);
  prices.refresh();
  expectBits(prices.matchLengths[2], 4);
  expectBits(prices.matchLengths[18], 10);
  chances[matchLength] = 1900;
  prices.refresh();
  expect(prices.matchLengths[2]).toBeLessThan(4 * 16);
  expect(prices.matchLengths[18]).toBeGreaterThan(10 * 16);
});

test("far distances take their bits, near ones fewer", () => {
  const chances = new Uint16Array(literals).fill(1024);
  const prices = new PriceTable(chances);
  prices.refresh();
  expectBits(prices.near[0], 6);
  expectBits(prices.near[127], 6 + 5);
  // Of slot 40, 15 bits are as likely 0 as 1.
  expectBits(prices.distance(2 ** 20 + 3, 9), 6 + 15 + 4);
});
