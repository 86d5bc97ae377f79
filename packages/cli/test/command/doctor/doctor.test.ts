import { RedisRegistry } from "@potassium/registry/redis";
import { startRelay } from "@potassium/relay/server";
import { canStartRedis, privateRedis } from "@potassium/tooling/engines";
import { createClient } from "@redis/client";
import { expect, test } from "vitest";
import { checkNode } from "../../../src/command/doctor/check-node.js";
import { runCommand } from "../../support/run-command.js";
import { until } from "../../support/until.js";

// No engine is there, whatever the machine has.
const host = ["--host", "unix:///nowhere/docker.sock"];

async function doctor(...argv: readonly string[]) {
  const { code, stdout } = await runCommand(["doctor", ...host, "--json", ...argv]);
  const { ok, checks } = JSON.parse(stdout) as {
    readonly ok: boolean;
    readonly checks: readonly { readonly name: string; readonly state: string }[];
  };
  return { code, ok, state: (name: string) => checks.find((check) => check.name === name)?.state };
}

test("what is missing is told, and is no error", async () => {
  const { code, ok, state } = await doctor();
  expect({ code, ok }).toEqual({ code: 0, ok: true });
  expect([state("node"), state("hdiff-lzma2"), state("containers")]).toEqual([
    "ok",
    "ok",
    "missing",
  ]);
  const { stdout } = await runCommand(["doctor", ...host]);
  expect(stdout).toMatch(/^containers +missing +.*nowhere/m);
  expect(stdout).toMatch(/^containers: Install and start Docker or Podman/m);
});

test("what is required and missing is exit code 7", async () => {
  const { code, ok } = await doctor("--require", "node", "containers");
  expect({ code, ok }).toEqual({ code: 7, ok: false });
  const { stderr } = await runCommand(["doctor", ...host, "--require", "containers"]);
  expect(stderr).toBe("potassium: required and not there: containers\n");
});

test("a check that there isn't can't be required", async () => {
  const { code, stderr } = await runCommand(["doctor", ...host, "--require", "luck"]);
  expect(code).toBe(2);
  expect(stderr).toContain("there is no check luck; there are node,");
});

test("a relay that is named must answer", async () => {
  const relay = await startRelay({ udp: { host: "127.0.0.1", port: 0 } });
  try {
    const there = await doctor("--relay", relay.url);
    expect([there.code, there.state("relay")]).toEqual([0, "ok"]);
  } finally {
    await relay[Symbol.asyncDispose]();
  }
  const gone = await doctor("--relay", relay.url);
  expect([gone.code, gone.state("relay")]).toEqual([5, "missing"]);
});

test("a Redis that is named, by the variable too, must answer", async () => {
  const env = { POTASSIUM_REDIS: "redis://127.0.0.1:1" };
  const { code, stdout } = await runCommand(["doctor", ...host], { env });
  expect(code).toBe(5);
  expect(stdout).toMatch(/^redis +missing/m);
});

test.skipIf(!canStartRedis())(
  "a registry on the Redis stays as it is, to the last byte",
  async () => {
    await using redis = await privateRedis();
    await using registry = new RedisRegistry({ url: redis.url, graceMs: 3_600_000 });
    const { registeredAtMs } = await registry.register(
      { id: "lobby-1", type: "lobby", host: "10.99.0.10", port: 5520 },
      { ttlMs: 1 },
    );
    // Whoever asks the registry now notes its expiry, and when it goes.
    await until("the expiry", () => Date.now() > registeredAtMs + 1);
    const client = createClient({ url: redis.url });
    await client.connect();
    try {
      const content = async () => {
        const keys = (await client.keys("*")).sort();
        return Promise.all(keys.map(async (key) => [key, await client.dump(key)]));
      };
      const before = await content();
      expect(before).not.toEqual([]);
      const { code, state } = await doctor("--redis", redis.url);
      expect([code, state("redis")]).toEqual([0, "ok"]);
      expect(await content()).toEqual(before);
    } finally {
      client.destroy();
    }
  },
);

test("a Node before 20.19 is too old", () => {
  const state = (version: string) => checkNode(version, "linux", "x64").state;
  expect(["18.20.0", "20.18.3", "20.19.0", "22.0.0"].map(state)).toEqual([
    "failed",
    "failed",
    "ok",
    "ok",
  ]);
});
