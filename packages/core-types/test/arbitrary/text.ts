import * as fc from "fast-check";
import { canonicalIp, Identifier } from "../../src/index.js";

/** Text of any characters that UTF-8 can carry, line ends and the like among them. */
export const anyText = fc.string({ unit: "binary", maxLength: 20 });

export const identifier = fc
  .oneof(anyText, fc.constantFrom("constructor", "toString", "a:b{c}", "x".repeat(255)))
  .filter((id) => Identifier.safeParse(id).success);

/** For names that become keys: numbers among them would change their order. */
export const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{1,12}$/);

/** Text that can be part of an environment or a command line. */
export const lineText = fc.string({ maxLength: 20 }).filter((text) => !text.includes("\0"));

export const timestamp = fc
  .date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString());

export const port = fc.integer({ min: 1, max: 65_535 });
export const protocol = fc.constantFrom("udp" as const, "tcp" as const);
export const host = fc.oneof(
  fc.ipV4(),
  fc.domain().map((domain) => domain.toLowerCase()),
);
export const ip = fc.oneof(fc.ipV4(), fc.ipV6()).map((text) => canonicalIp(text) ?? "10.0.0.1");
export const ipv6 = ip.filter((address) => address.includes(":"));
export const sha256 = fc.stringMatching(/^[0-9a-f]{64}$/);

export function map<T>(key: fc.Arbitrary<string>, value: fc.Arbitrary<T>) {
  return fc.dictionary(key, value, { maxKeys: 4, noNullPrototype: true });
}

/** A record whose fields may each be left out. */
export function partial<T>(fields: { [Key in keyof T]: fc.Arbitrary<T[Key]> }) {
  return fc.record(fields, { requiredKeys: [] });
}
