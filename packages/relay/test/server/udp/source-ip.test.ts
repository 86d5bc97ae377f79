import { canonicalIp } from "@potassium/core-types";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sourceIp } from "../../../src/server/udp/source-ip.js";

test("an IPv4 address on a dual-stack socket is that IPv4 address", () => {
  fc.assert(
    fc.property(fc.ipV4(), (ip) => {
      expect(sourceIp(`::ffff:${ip}`)).toBe(ip);
    }),
  );
});

test("an address in the system's form is the canonical one, under which routes are kept", () => {
  const address = fc.oneof(
    fc.ipV4(),
    fc.ipV6().map((ip) => canonicalIp(ip) ?? ""),
  );
  fc.assert(
    fc.property(address, (ip) => {
      expect(sourceIp(ip)).toBe(canonicalIp(ip));
    }),
  );
});
