import { expect, test } from "vitest";
import { findPort } from "../../../src/provider-kit/index.js";

const ports = [
  { container: 5520, protocol: "udp", name: "game" },
  { container: 5520, protocol: "tcp", name: "rcon" },
  { container: 8080, protocol: "tcp" },
] as const;

test("a port is found by its number, its name, or as the first of its protocol", () => {
  expect(findPort(ports, { protocol: "tcp", port: 8080 })).toBe(ports[2]);
  expect(findPort(ports, { protocol: "tcp", port: "rcon" })).toBe(ports[1]);
  expect(findPort(ports, { protocol: "udp" })).toBe(ports[0]);
});

test("a port of the other protocol is not found", () => {
  expect(findPort(ports, { protocol: "udp", port: "rcon" })).toBeUndefined();
  expect(findPort(ports, { protocol: "udp", port: 8080 })).toBeUndefined();
});
