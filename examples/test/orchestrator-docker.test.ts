import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { conformanceServerPath } from "@potassium/core-types/conformance";
import { DockerProvider } from "@potassium/docker";
import { availableEngines, importConformanceImage } from "@potassium/tooling/engines";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeGameImage, removeImage } from "./engine-setup.js";
import { runOrchestrator } from "./run-orchestrator.js";
import { waitUntil } from "./wait-until.js";

const image = "localhost/potassium-orchestrator-test";
const namespace = `orchestrator-test-${process.pid}`;

for (const { name, host = "" } of availableEngines()) {
  describe.skipIf(host === "")(`the orchestrator on ${name}`, () => {
    let folder = "";

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "potassium-orchestrator-test-"));
      await importConformanceImage(host, conformanceServerPath);
      // As the official images of Node have it: what is asked for is run, and `node` is on the PATH.
      const entrypoint = ["/bin/sh", "-c", 'exec "$@"', "--"];
      const change = `ENTRYPOINT ${JSON.stringify(entrypoint)}`;
      await makeGameImage(host, image, ["node"], [change]);
    }, 180_000);

    afterAll(async () => {
      await using provider = new DockerProvider({ host, namespace });
      for (const { id } of await provider.list()) await provider.deallocate(id);
      await removeImage(host, image);
      await rm(folder, { recursive: true, force: true });
    }, 120_000);

    test("servers are containers that players reach, are replaced when they crash, and found again after a restart", async () => {
      const env = {
        ...{ DOCKER_HOST: host, ORCHESTRATOR_PROVIDER: "", ORCHESTRATOR_STATE: folder },
        ...{ ORCHESTRATOR_IMAGE: image, ORCHESTRATOR_NAMESPACE: namespace },
      };
      await using provider = new DockerProvider({ host, namespace });
      const running = async () =>
        (await provider.list({ state: "running" })).map((one) => one.name);

      await using first = await runOrchestrator(env);
      const answer = await first.act("POST", "players/127.0.0.1/seat");
      const game = /skywars-\d/.exec(answer)?.[0] ?? answer;
      const hears = async () => (await first.state()).routes[0]?.heard?.server;
      await waitUntil("the container answers the player", async () => (await hears()) === game);
      const lost = await provider.get(game);
      await first.act("POST", `servers/${game}/kill`);
      await waitUntil("the lobby answers the player", async () => (await hears()) === "lobby-1");
      await waitUntil("another container is in its place", async () => {
        const { servers } = await first.state();
        const { id } = (await provider.get(game)) ?? {};
        return id !== undefined && id !== lost?.id && servers.some((server) => server.id === game);
      });
      expect(first.output()).toContain(`${game} ended with the code 137`);
      const before = (await first.state()).servers;
      await first.kill();

      await using second = await runOrchestrator(env);
      expect((await second.state()).servers.map(({ id, address }) => [id, address])).toEqual(
        before.map(({ id, address }) => [id, address]),
      );
      expect((await running()).sort()).toEqual(["lobby-1", "skywars-1", "skywars-2"]);
      await second[Symbol.asyncDispose]();
      expect(await provider.list()).toEqual([]);
    }, 180_000);
  });
}
