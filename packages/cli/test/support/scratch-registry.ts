import { randomBytes } from "node:crypto";
import { RedisRegistry } from "@potassium/registry/redis";
import { runCommand } from "./run-command.js";

/** A registry of the test's own on the Redis of this URL, and a way to run verbs on it. */
export function scratchRegistry(url: string) {
  const namespace = `test-${randomBytes(6).toString("hex")}`;
  const registry = new RedisRegistry({ url, namespace });
  const env = { POTASSIUM_REDIS: url };
  const run = (verb: string, ...argv: string[]) =>
    runCommand(["registry", verb, "--namespace", namespace, ...argv], { env });
  return { namespace, registry, run, [Symbol.asyncDispose]: () => registry[Symbol.asyncDispose]() };
}

export const skywars = {
  id: "skywars-1",
  type: "game",
  mode: "skywars",
  host: "10.99.0.10",
  port: 5520,
  maxPlayers: 8,
  players: 3,
  labels: { region: "eu" },
  matches: { "match-1": { status: "ready", need: 5 } },
} as const;
export const lobby = { id: "lobby-1", type: "lobby", host: "fd00::2", port: 5521 } as const;
