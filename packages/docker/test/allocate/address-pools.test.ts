import { hasErrorCode } from "@potassium/core-types";
import { expect, test } from "vitest";
import { AddressPools } from "../../src/allocate/address-pools.js";

const pools = () => new AddressPools({ net: "10.99.0.254-10.99.1.1" });

test("addresses are given in order, across the end of a byte, each to one only", () => {
  const pool = pools();
  const given = [1, 2, 3, 4].map(() => pool.reserve("net", [], new Set()).ip);
  expect(given).toEqual(["10.99.0.254", "10.99.0.255", "10.99.1.0", "10.99.1.1"]);
  expect(() => pool.reserve("net", [], new Set())).toThrow(
    expect.objectContaining({ code: "ADDRESSES_EXHAUSTED", field: "network" }),
  );
});

test("an address that is released is given again", () => {
  const pool = pools();
  const first = pool.reserve("net", [], new Set());
  first.release();
  expect(pool.reserve("net", [], new Set()).ip).toBe(first.ip);
});

test("addresses that stopped servers asked for and that the engine refused are passed over", () => {
  const { ip } = pools().reserve("net", ["10.99.0.254"], new Set(["10.99.0.255"]));
  expect(ip).toBe("10.99.1.0");
});

test("a network without a pool has none", () => {
  expect(pools().has("other")).toBe(false);
  expect(pools().has(undefined)).toBe(false);
  expect(pools().has("net")).toBe(true);
});

test.each([
  "",
  "10.0.0.1",
  "10.0.0.9-10.0.0.1",
  "10.0.0.1-10.0.0.256",
  "a-b",
  "10.0.0.1-10.0.0.2-10.0.0.3",
  "::1-::2",
])("the pool %j is refused with its field", (range) => {
  try {
    new AddressPools({ banananet: range });
    expect.unreachable();
  } catch (error) {
    expect(hasErrorCode(error, "INVALID_ARGUMENT") && error.field).toBe("addressPools.banananet");
  }
});
