import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  canonicalHost,
  formatHostPort,
  Host,
  HostPortText,
  parseHostPort,
} from "../../src/index.js";
import { schemaTable } from "../schema-table.js";

schemaTable("HostPortText", HostPortText, {
  accepts: [
    "10.99.0.10:5520",
    "[fd00::1]:5520",
    "game-1.internal:1",
    "a_b:65535",
    "[fe80::1%eth0]:9",
  ],
  makes: [
    ["Game-1.Internal:5520", "game-1.internal:5520"],
    ["[FD00:0:0::1]:5520", "[fd00::1]:5520"],
    ["[::ffff:10.0.0.1]:5520", "10.0.0.1:5520"],
    ["10.0.0.1:05520", "10.0.0.1:5520"],
  ],
  rejects: [
    ["", ""],
    ["10.99.0.10", ""],
    ["10.99.0.10:", ""],
    [":5520", ""],
    ["10.99.0.10:0", ""],
    ["10.99.0.10:65536", ""],
    ["10.99.0.10:-1", ""],
    ["10.99.0.10:5520 ", ""],
    ["10.99.0.10:5520\n", ""],
    ["fd00::1:5520", ""],
    ["[fd00::1]", ""],
    ["[game-1]:5520", ""],
    ["http://a:5520", ""],
    ["a/b:5520", ""],
    ["user@a:5520", ""],
    ["10.0.0.256:1", ""],
    [5520, ""],
  ],
});

schemaTable("Host", Host, {
  accepts: [
    "10.99.0.10",
    "fd00::1",
    "localhost",
    "a",
    "game-1.internal",
    "a_b",
    "1a",
    "a.1",
    "0xg",
  ],
  makes: [
    ["LOCALHOST", "localhost"],
    ["[FD00::1]", "fd00::1"],
  ],
  rejects: [
    ["", ""],
    [".", ""],
    ["a..b", ""],
    ["-a", ""],
    ["a b", ""],
    ["ünïcode", ""],
    ["1.2.3", ""],
    ["1.2.3.256", ""],
    ["01.2.3.4", ""],
    ["2130706433", ""],
    ["127.1", ""],
    // Spellings of 127.0.0.1 that some resolvers take.
    ["0x7f000001", ""],
    ["0x7f.1", ""],
    ["0X7F.0.0.1", ""],
    ["x".repeat(64), ""],
    [`${"x".repeat(63)}.`.repeat(4), ""],
    ["a\0", ""],
  ],
});

const host = fc.oneof(fc.ipV4(), fc.ipV6(), fc.domain());
const port = fc.integer({ min: 1, max: 65_535 });

test("parseHostPort reads what formatHostPort writes, of any canonical address", () => {
  fc.assert(
    fc.property(host, port, (text, number) => {
      const canonical = canonicalHost(text);
      if (canonical === undefined) return expect.unreachable(`${text} is no host`);
      const address = { host: canonical, port: number };
      expect(parseHostPort(formatHostPort(address))).toEqual(address);
    }),
  );
});

test("canonicalHost gives what it gave again", () => {
  fc.assert(
    fc.property(fc.oneof(host, fc.string()), (text) => {
      const canonical = canonicalHost(text);
      if (canonical !== undefined) expect(canonicalHost(canonical)).toBe(canonical);
    }),
  );
});
