import { Readiness } from "@potassium/core-types";
import { expect, test } from "vitest";
import { readinessFlag } from "../../../src/command/server/readiness-flag.js";

test.each([
  ["running", { type: "running" }],
  ["log:^ready: \\d+$", { type: "log", pattern: "^ready: \\d+$" }],
  ["tcp", { type: "tcp" }],
  ["tcp:25575", { type: "tcp", port: 25_575 }],
  ["tcp:rcon", { type: "tcp", port: "rcon" }],
  ["http", { type: "http" }],
  ["http:8080", { type: "http", port: 8080 }],
  ["http/health", { type: "http", path: "/health" }],
  ["http:web/health?a=b:c", { type: "http", port: "web", path: "/health?a=b:c" }],
  ["raknet", { type: "udp", probe: "raknet" }],
  ["raknet:19132", { type: "udp", probe: "raknet", port: 19_132 }],
  ["a2s:game", { type: "udp", probe: "a2s", port: "game" }],
  ["exec:pgrep -x  game", { type: "exec", command: ["pgrep", "-x", "game"] }],
])("%j is read as a probe that a request takes", (text, probe) => {
  expect(readinessFlag(text)).toEqual(probe);
  expect(Readiness.parse(readinessFlag(text))).toEqual(probe);
});

test.each([
  "",
  "ready",
  "running:1",
  "log",
  "log:",
  "tcp:",
  "tcp:a b",
  "httpx",
  "udp:1",
  "exec:",
  "exec: ",
])("%j is refused", (text) => {
  expect(() => readinessFlag(text)).toThrow("It must be like running, log:PATTERN");
});
