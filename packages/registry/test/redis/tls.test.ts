import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canStartRedis, privateRedis } from "@potassium/tooling/engines";
import { afterAll, describe, expect, test } from "vitest";
import { gameServer } from "./sample.js";
import { scratchRegistry } from "./scratch-registry.js";
import { selfSigned } from "./self-signed.js";

/** A Redis that was built without TLS stumbles over its option, another over the one after it. */
function canServeTls(): boolean {
  if (!canStartRedis()) return false;
  const { stderr } = spawnSync("redis-server", ["--tls-port", "0", "--no-such-option", "x"]);
  const hasTls = /no-such-option/.test(/>>>.*/.exec(String(stderr))?.[0] ?? "");
  const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;
  if (hasTls && hasOpenssl) return true;
  process.emitWarning("SKIPPED: TLS needs openssl, and a Redis that was built with it");
  return false;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

describe.skipIf(!canServeTls())("over TLS", async () => {
  const folder = await mkdtemp(join(tmpdir(), "potassium-redis-tls-"));
  afterAll(() => rm(folder, { recursive: true }));
  const server = await selfSigned(folder, "redis.test");
  const client = await selfSigned(folder, "client.test");
  const servername = "redis.test";

  /** @param args more options of Redis. */
  async function tlsRedis(...args: readonly string[]) {
    const port = await freePort();
    const own = ["--tls-port", String(port), "--tls-ca-cert-file", client.certFile];
    const identity = ["--tls-cert-file", server.certFile, "--tls-key-file", server.keyFile];
    const redis = await privateRedis([...own, ...identity, ...args]);
    const stop = () => redis[Symbol.asyncDispose]();
    return { url: `rediss://127.0.0.1:${port}`, [Symbol.asyncDispose]: stop };
  }

  test("calls and watches work where the certificate's authority is given", async () => {
    await using redis = await tlsRedis("--tls-auth-clients", "no");
    await using registry = scratchRegistry(redis.url, { tls: { ca: server.cert, servername } });
    const changes = registry.watch({ from: 0 });
    const record = await registry.register(gameServer("a"));
    expect(await registry.get("a")).toEqual(record);
    for await (const change of changes) {
      if (change.kind === "resync" && change.servers.length === 0) continue;
      expect(change.version).toBe(record.version);
      break;
    }
  });

  test.each([
    ["an unknown authority", { servername }, /self-signed/],
    ["a name that is another's", { ca: server.cert, servername: "other.test" }, /other\.test/],
    ["a host that it does not name", { ca: server.cert }, /127\.0\.0\.1/],
  ])("a certificate of %s is UNAVAILABLE, and says why", async (_, tls, why) => {
    await using redis = await tlsRedis("--tls-auth-clients", "no");
    await using registry = scratchRegistry(redis.url, { tls, commandTimeoutMs: 2000 });
    await expect(registry.get("a")).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: expect.stringMatching(why),
    });
  });

  test("a Redis that asks for a certificate gets the one that is given", async () => {
    await using redis = await tlsRedis("--tls-auth-clients", "yes");
    const tls = { ca: server.cert, servername };
    const { cert, key } = client;
    await using known = scratchRegistry(redis.url, { tls: { ...tls, cert, key } });
    expect(await known.get("a")).toBeUndefined();
    await using unknown = scratchRegistry(redis.url, { tls, commandTimeoutMs: 2000 });
    await expect(unknown.get("a")).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});
