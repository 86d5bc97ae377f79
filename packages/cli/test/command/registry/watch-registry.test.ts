import { availableRedis, canStartRedis } from "@potassium/tooling/engines";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startBin } from "../../support/bin.js";
import { lobby, scratchRegistry, skywars } from "../../support/scratch-registry.js";
import { until } from "../../support/until.js";

describe.skipIf(!canStartRedis())("on Redis", () => {
  let redis: Awaited<ReturnType<typeof availableRedis>>;
  beforeAll(async () => {
    redis = await availableRedis();
  });
  afterAll(() => redis?.stop());

  test("watch tells each change as a line of JSON, until Ctrl-C", async () => {
    await using ours = scratchRegistry(redis.url);
    const { version } = await ours.registry.register(lobby);
    const watch = ours.run("watch", "--json", "--from", "0");
    await until("the first line", () => watch.stdout().includes("\n"));
    await ours.registry.register(skywars);
    await ours.registry.update("skywars-1", { players: 4 });
    await ours.registry.unregister("skywars-1");
    await until("the removal", () => watch.stdout().includes('"removed"'));
    watch.kill("SIGINT");
    const { code, stdout } = await watch;
    expect(code).toBe(130);
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({ error: { code: "INTERRUPTED", exitCode: 130 } });
    expect(lines.slice(0, -1)).toMatchObject([
      { kind: "resync", version, servers: [{ id: "lobby-1", Metadata: {} }] },
      { kind: "registered", server: { id: "skywars-1", players: 3 } },
      { kind: "updated", server: { id: "skywars-1", players: 4 } },
      { kind: "removed", id: "skywars-1", reason: "unregistered" },
    ]);
  });

  test("watch shows people a line for each change, and all servers after a resync", async () => {
    await using ours = scratchRegistry(redis.url);
    await ours.registry.register(lobby);
    // A version that this registry never had: whoever has it must forget all that it knows.
    const watch = ours.run("watch", "--from", String(Number.MAX_SAFE_INTEGER));
    await until("the resync", () => watch.stdout().includes("lobby-1"));
    await ours.registry.register(skywars);
    await until("the change", () => watch.stdout().includes("skywars-1"));
    watch.kill("SIGTERM");
    const { code, stdout, stderr } = await watch;
    expect(code).toBe(143);
    expect(stdout).toBe(
      [
        "resync      1 server, and no others",
        "  lobby-1 lobby [fd00::2]:5521 0 available",
        "registered  skywars-1 game skywars 10.99.0.10:5520 3/8 available",
        "",
      ].join("\n"),
    );
    expect(stderr).toContain("Ctrl-C ends it");
  });
  test.runIf(process.platform !== "win32")(
    "the built command ends a watch at a real Ctrl-C",
    async () => {
      await using ours = scratchRegistry(redis.url);
      await ours.registry.register(lobby);
      const argv = ["registry", "watch", "--namespace", ours.namespace, "--from", "0", "--json"];
      const { child, ended } = startBin(argv, { POTASSIUM_REDIS: redis.url });
      child.stdout.once("data", () => child.kill("SIGINT"));
      const { code, stdout, stderr } = await ended;
      expect({ code, stderr }).toEqual({ code: 130, stderr: "" });
      expect(stdout.trim().split("\n")).toHaveLength(2);
    },
  );
});
