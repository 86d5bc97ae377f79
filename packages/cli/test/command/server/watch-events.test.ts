import { expect, test } from "vitest";
import { describeEngines, image, scratchServers } from "../../support/scratch-servers.js";
import { until } from "../../support/until.js";

describeEngines((engine) => {
  test("events tells what becomes of the servers, until Ctrl-C", async () => {
    await using ours = scratchServers(engine);
    const events = ours.run("events");
    await until("its beginning", () => events.stderr().includes("watching"));
    // It is stopped once it can handle the signal, or the exit code would be the signal's now and then.
    const readiness = { type: "log", pattern: "^ready$" } as const;
    const { id, name } = await ours.provider.allocate({ image, readiness });
    await ours.provider.deallocate(id);
    await until("the removal", () => events.stdout().includes("removed"));
    events.kill("SIGINT");
    const { code, stdout } = await events;
    expect(code).toBe(130);
    const told = stdout
      .trim()
      .split("\n")
      .map((line) => line.split(/\s{2,}/));
    expect(told.map(([, who]) => who)).toEqual(told.map(() => name));
    // Only Docker's own events tell of the signal that stops a server, and only who started it knows when it is ready.
    const stopping = engine.name === "docker" ? ["stopping"] : [];
    const types = ["created", "starting", "running", ...stopping, "stopped with 0", "removed"];
    expect(told.map(([, , what]) => what)).toEqual(types);
  });

  test("events --json tells of a crash with its exit code", async () => {
    await using ours = scratchServers(engine);
    const { id, name } = await ours.provider.allocate({ image });
    const events = ours.run("events", ["--json"]);
    // JSON says nothing at the beginning: restarts go on until one is seen.
    await until("an event", async () => {
      await ours.provider.restart(id);
      return events.stdout() !== "";
    });
    await ours.provider.sendCommand(id, "crash 9");
    await until("the crash", () => events.stdout().includes('"exitCode":9'));
    events.kill("SIGTERM");
    const { code, stdout } = await events;
    expect(code).toBe(143);
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toContainEqual(
      expect.objectContaining({ type: "stopped", id, name, exitCode: 9, outOfMemory: false }),
    );
  });
});
