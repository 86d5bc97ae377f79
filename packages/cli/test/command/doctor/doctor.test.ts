import { mkdir, realpath, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { RedisRegistry } from "@potassium/registry/redis";
import { startRelay } from "@potassium/relay/server";
import { canStartRedis, privateRedis } from "@potassium/tooling/engines";
import { createClient } from "@redis/client";
import { expect, test } from "vitest";
import { checkNames } from "../../../src/command/doctor/check-names.js";
import { checkNode } from "../../../src/command/doctor/check-node.js";
import { runCommand } from "../../support/run-command.js";
import { runScript } from "../../support/run-script.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { until } from "../../support/until.js";

// No engine is there, whatever the machine has.
const host = ["--host", "unix:///nowhere/docker.sock"];

async function doctor(...argv: readonly string[]) {
  const { code, stdout } = await runCommand(["doctor", ...host, "--json", ...argv]);
  const { ok, checks } = JSON.parse(stdout) as {
    readonly ok: boolean;
    readonly checks: readonly { readonly name: string; readonly state: string }[];
  };
  const names = checks.map(({ name }) => name);
  return {
    code,
    ok,
    names,
    state: (name: string) => checks.find((check) => check.name === name)?.state,
  };
}

test("what is missing is told, and is no error", async () => {
  const { code, ok, names, state } = await doctor();
  expect({ code, ok }).toEqual({ code: 0, ok: true });
  expect(names).toEqual(checkNames.filter((name) => name !== "redis" && name !== "relay"));
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
  expect(stderr).toMatch(/luck.* Allowed choices are node, /);
  const unnamed = await runCommand(["doctor", ...host, "--require", "redis"]);
  expect(unnamed.code).toBe(2);
  expect(unnamed.stderr).toContain("--require redis: give --redis too, or its variable");
});

// Windows runs no scripts as programs.
test.runIf(process.platform !== "win32")(
  "a program that only the working folder has is told, and not run before it is named or pinned",
  async () => {
    const folder = await temporaryFolder();
    const bin = join(folder, "bin", process.platform);
    await mkdir(bin, { recursive: true });
    const planted = `#!/bin/sh\ntouch ${folder}/ran\necho HDiffPatch::hdiffz v4.12.1\n`;
    await writeFile(join(bin, "hdiffz"), planted, { mode: 0o755 });
    const said = `${join(await realpath(bin), "hdiffz")}: not tried: not pinned`;
    const doctorLine = `potassium doctor ${host.join(" ")}`;
    const seen = await runScript(folder, `${doctorLine}\npotassium diff tools\nls`);
    expect(seen.stdout.split(said)).toHaveLength(3);
    expect(seen.stdout).not.toMatch(/^ran$/m);
    const named = await runScript(
      folder,
      `potassium diff tools --hdiffz bin/${process.platform}/hdiffz\n${doctorLine} --hdiffz bin/${process.platform}/hdiffz --require hdiffz\nls`,
    );
    expect(named.code, named.stderr).toBe(0);
    expect(named.stdout).toMatch(/^hdiffz +ok +4\.12\.1/m);
    expect(named.stdout).toMatch(/^ran$/m);
  },
);

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
