import * as fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalIp, IpAddress, Ipv6Address } from "../../src/index.js";
import { schemaTable } from "../schema-table.js";

schemaTable("IpAddress", IpAddress, {
  accepts: ["192.168.1.50", "0.0.0.0", "255.255.255.255", "::", "::1", "fd00::1", "fe80::1%eth0"],
  makes: [
    ["::ffff:192.168.1.50", "192.168.1.50"],
    ["::FFFF:c0a8:132", "192.168.1.50"],
    ["0:0:0:0:0:ffff:c0a8:0132", "192.168.1.50"],
    ["::ffff:192.168.1.50%eth0", "192.168.1.50"],
    ["[FD00::0001]", "fd00::1"],
    ["FD00:0:0:0:0:0:0:1", "fd00::1"],
    ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
    ["FE80::1%Eth0", "fe80::1%Eth0"],
  ],
  rejects: [
    ["", ""],
    ["192.168.1", ""],
    ["192.168.1.256", ""],
    ["192.168.001.050", ""],
    [" 192.168.1.50", ""],
    ["192.168.1.50\n", ""],
    ["192.168.1.50:80", ""],
    ["3232235826", ""],
    ["fd00:::1", ""],
    ["fd00::1::2", ""],
    ["fd00::1/64", ""],
    ["[fd00::1", ""],
    ["[[fd00::1]]", ""],
    ["fe80::1%", ""],
    ["fe80::1%a%b", ""],
    ["fe80::1%a b", ""],
    ["fe80::1%a]", ""],
    ["localhost", ""],
    [1, ""],
  ],
});

schemaTable("Ipv6Address", Ipv6Address, {
  accepts: ["::1", "fe80::1%eth0"],
  rejects: [
    ["10.0.0.1", ""],
    ["::ffff:10.0.0.1", ""],
    ["x", ""],
  ],
});

const groups = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff })), {
  minLength: 8,
  maxLength: 8,
});

test("every spelling of an IPv6 address is one canonical address", () => {
  fc.assert(
    fc.property(groups, (numbers) => {
      const plain = numbers.map((group) => group.toString(16)).join(":");
      const padded = numbers.map((group) => group.toString(16).padStart(4, "0")).join(":");
      const tail = numbers.slice(6).flatMap((group) => [group >> 8, group & 255]);
      const dotted = `${plain.split(":").slice(0, 6).join(":")}:${tail.join(".")}`;
      const canonical = canonicalIp(plain);
      expect(canonical).toBeDefined();
      for (const spelling of [padded, padded.toUpperCase(), `[${plain}]`, dotted]) {
        expect(canonicalIp(spelling)).toBe(canonical);
      }
    }),
  );
});

test("canonicalIp gives what it gave again", () => {
  const text = fc.oneof(fc.ipV4(), fc.ipV6(), fc.string(), fc.stringMatching(/^[0-9a-f:.%[\]]*$/));
  fc.assert(
    fc.property(text, (any) => {
      const canonical = canonicalIp(any);
      if (canonical !== undefined) expect(canonicalIp(canonical)).toBe(canonical);
    }),
  );
});

test("different IPv4 addresses stay different, and equal their mapped form", () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.ipV4(), (a, b) => {
      expect(canonicalIp(a) === canonicalIp(b)).toBe(a === b);
      expect(canonicalIp(`::ffff:${a}`)).toBe(a);
    }),
  );
});
