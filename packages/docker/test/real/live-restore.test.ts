import { conformanceServerPath } from "@potassium/core-types/conformance";
import {
  canStartDockerd,
  conformanceImage as image,
  importConformanceImage,
  type PrivateDockerd,
  privateDockerd,
} from "@potassium/tooling/engines";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DockerProvider } from "../../src/index.js";
import { uniqueNamespace } from "../engines.js";
import { readEvents } from "./event-reader.js";
import { udpQuestion } from "./udp-question.js";
import { until } from "./until.js";

describe.skipIf(!(await canStartDockerd()))("on a Docker engine that is killed and starts", () => {
  let engine: PrivateDockerd;
  const request = {
    image,
    command: ["--udp", "SERVER_PORT"],
    ports: [{ container: 5520, protocol: "udp" }],
    readiness: { type: "log", pattern: "^ready$" },
  } as const;

  beforeAll(async () => {
    engine = await privateDockerd({ network: true, liveRestore: true });
    await importConformanceImage(engine.host, conformanceServerPath);
  }, 120_000);

  afterAll(() => engine?.[Symbol.asyncDispose](), 60_000);

  const open = () => new DockerProvider({ host: engine.host, namespace: uniqueNamespace() });

  /** What the server says to a player on this port of the host. */
  const ask = async (port: number | undefined, text: string) =>
    (
      await engine.space.run(
        ...([process.execPath, "-e", udpQuestion, "--"] as const),
        ...["127.0.0.1", String(port), text],
      )
    ).trim();

  test("with live-restore, a server runs on with its port, and no event says otherwise", async () => {
    await using provider = open();
    await using reader = readEvents(provider);
    const server = await provider.allocate(request);
    const { id } = server;
    const [port] = server.ports;
    expect(await ask(port?.host, "before")).toBe(`${server.name} before`);
    await engine.kill();
    await engine.restart();
    const present = await provider.get(id);
    expect(present?.status).toEqual(server.status);
    expect(present?.ports).toEqual(server.ports);
    expect((await provider.list()).map((listed) => [listed.id, listed.status.state])).toEqual([
      [id, "running"],
    ]);
    expect(await ask(port?.host, "after")).toBe(`${server.name} after`);
    // Its port is nobody else's.
    const [wish] = request.ports;
    await expect(
      provider.allocate({ ...request, ports: [{ ...wish, host: port?.host ?? 0 }] }),
    ).rejects.toMatchObject({ code: "PORT_IN_USE", field: "ports[0].host" });
    // Once a later server's events come, none of the first is still on its way.
    const later = await provider.allocate(request);
    await reader.waitFor("ready", later.id);
    expect(reader.typesOf(id)).toEqual(["created", "starting", "running", "ready"]);
    await provider.deallocate(id);
    await reader.waitFor("removed", id);
    expect(reader.typesOf(id).slice(4)).toEqual(["stopping", "stopped", "removed"]);
    await provider.deallocate(later.id);
  }, 60_000);

  test("with live-restore, followLogs() goes on or ends with a typed error, and a new call has every line", async () => {
    await using provider = open();
    const { id } = await provider.allocate(request);
    const leaving = new AbortController();
    const follow = async (texts: string[]) => {
      for await (const { text } of provider.followLogs(id, { signal: leaving.signal })) {
        texts.push(text);
      }
    };
    const first: string[] = [];
    const following = follow(first).then(
      () => "ended",
      (error: unknown) => error,
    );
    await until("the first lines", () => first.includes("ready"));
    await engine.kill();
    await engine.restart();
    await provider.sendCommand(id, "say hello");
    const second: string[] = [];
    const again = follow(second).catch((error: unknown) => error);
    await until("its words", () => second.includes("said hello"));
    const wentOn = until("its words, at the first", () => first.includes("said hello"));
    const outcome = await Promise.race([following, wentOn]);
    if (outcome !== true)
      expect(outcome).toMatchObject({ code: expect.stringMatching(/^[A-Z_]+$/) });
    const said = (texts: readonly string[]) => texts.filter((text) => text === "said hello");
    expect(said(first).length).toBeLessThanOrEqual(1);
    expect(second.filter((text) => text === "ready" || text === "said hello")).toEqual([
      ...["ready", "said hello"],
    ]);
    leaving.abort(new Error("enough"));
    await Promise.all([following, again]);
    await provider.deallocate(id);
  }, 60_000);

  test("without live-restore, a server is stopped, and restart() gives it its port again", async () => {
    await engine.kill();
    await engine.restart({ liveRestore: false });
    await using provider = open();
    await using reader = readEvents(provider);
    const server = await provider.allocate(request);
    const { id } = server;
    await engine.kill();
    await engine.restart({ liveRestore: false });
    await reader.waitFor("stopped", id);
    expect(await provider.get(id)).toMatchObject({
      status: { state: "stopped" },
      ports: server.ports,
    });
    const again = await provider.restart(id);
    expect(again).toMatchObject({ id, status: { state: "running" }, ports: server.ports });
    expect(await ask(again.ports[0]?.host, "again")).toBe(`${server.name} again`);
    await reader.waitFor("ready", id);
    await provider.deallocate(id);
  }, 60_000);
});
