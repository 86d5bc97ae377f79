import type { PortBinding } from "@potassium/core-types";
import fc from "fast-check";
import { expect, test } from "vitest";
import { portFlag } from "../../../src/command/server/port-flag.js";

test("a port is read with its name, its host's port or range, and its protocol", () => {
  expect(portFlag("5520")).toEqual([{ container: 5520, protocol: "udp" }]);
  expect(portFlag("5521:5520/tcp")).toEqual([{ container: 5520, protocol: "tcp", host: 5521 }]);
  expect(portFlag("rcon-2=25565-25599:5520/udp")).toEqual([
    { container: 5520, protocol: "udp", range: "25565-25599", name: "rcon-2" },
  ]);
});

test("ports that are given one after another are collected", () => {
  expect(portFlag("2/tcp", portFlag("1/tcp")).map(({ container }) => container)).toEqual([1, 2]);
});

test("what is written of a port is read again", () => {
  const port = fc.integer({ min: 1, max: 65_535 });
  const binding = fc.record(
    {
      container: port,
      protocol: fc.constantFrom("udp" as const, "tcp" as const),
      host: port,
      range: fc.tuple(port, port).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
      name: fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,20}$/),
    },
    { requiredKeys: ["container", "protocol"] },
  );
  const written = ({ container, protocol, host, range, name }: PortBinding) =>
    `${name === undefined ? "" : `${name}=`}${range ?? host ?? ""}${range || host ? ":" : ""}${container}/${protocol}`;
  fc.assert(
    fc.property(binding, (given) => {
      const wanted = given.range === undefined ? given : { ...given, host: undefined };
      expect(portFlag(written(given))).toEqual([wanted]);
    }),
  );
});

test.each([
  "",
  "udp",
  "5520/",
  "5520/icmp",
  ":5520",
  "1:2:3",
  "1-:2",
  "-1:2",
  "=1",
  "5520 ",
  "1.5",
])("%j is refused", (text) => {
  expect(() => portFlag(text)).toThrow("It must be like 5520:5520/udp");
});
