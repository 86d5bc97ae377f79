import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeEngines, image, scratchServers } from "../../support/scratch-servers.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { until } from "../../support/until.js";

const folder = await temporaryFolder();
describeEngines((engine) => {
  test("allocate starts a server, and prints its name and ports", async () => {
    await using ours = scratchServers(engine);
    const argv = [
      "--port",
      "5520/udp",
      "--readiness",
      "log:ready",
      image,
      "--",
      "--udp",
      "SERVER_PORT",
    ];
    const { code, stdout } = await ours.run("allocate", argv);
    expect(code).toBe(0);
    const [server] = await ours.provider.list();
    const port = server?.ports[0]?.host;
    expect(stdout).toBe(`${server?.name}: running ${port}->5520/udp\n`);
  });

  test("every option of allocate arrives at the server", async () => {
    await using ours = scratchServers(engine);
    const { code, stdout } = await ours.run(
      "allocate",
      [
        ...["--name", `${ours.namespace}-a`, "-p", "game=5520", "-p", "21100-21900:5521/tcp"],
        ...["-e", "MODE=sky=wars", "-e", "SECRET", "-l", "region=eu"],
        ...["--memory", "128MiB", "--cpu", "0.5", "--pids", "64", "--restart", "on-failure:2"],
        ...["--stop-grace", "2s", "--stop-signal", "SIGINT", "--readiness", "log:ready"],
        ...["--readiness-timeout", "30s", "--key", ours.namespace, "--json"],
        ...[image, "--", "--udp", "PORT_GAME"],
      ],
      { env: { SECRET: "hunter2" } },
    );
    expect(code).toBe(0);
    const server = JSON.parse(stdout);
    expect(server).toMatchObject({
      name: `${ours.namespace}-a`,
      status: "running",
      cpu_limit: 0.5,
      memory_limit: 128 * 2 ** 20,
      pids_limit: 64,
      labels: { region: "eu" },
      port_bindings: [
        { container: 5520, protocol: "udp", name: "game" },
        { container: 5521, protocol: "tcp" },
      ],
    });
    expect(server.port_bindings[1].host).toBeGreaterThanOrEqual(21_100);
    expect(server.port_bindings[1].host).toBeLessThanOrEqual(21_900);
    const { stdout: seen } = await ours.provider.exec(server.id, [
      "sh",
      "-c",
      "echo $MODE $SECRET $PORT_GAME",
    ]);
    expect(seen).toBe("sky=wars hunter2 5520\n");
  });

  test("allocate takes the whole request from a file or standard input", async () => {
    await using ours = scratchServers(engine);
    const request = JSON.stringify({
      image,
      name: `${ours.namespace}-f`,
      command: ["--udp", "SERVER_PORT"],
      ports: [{ container: 5520, protocol: "udp", host: 0 }],
      environment: null,
      labels: { from: "file" },
      readiness: { type: "log", pattern: "ready", timeout_ms: 30_000 },
      idempotency_key: ours.namespace,
    });
    const file = join(folder, "request.json");
    await writeFile(file, request);
    const fromFile = await ours.run("allocate", ["--json", "--file", file]);
    expect(fromFile.code).toBe(0);
    // The key is in the document too: the same server is given again.
    const again = await ours.run("allocate", ["--json", "--file", "-"], { stdin: request });
    const { id, labels } = JSON.parse(again.stdout);
    expect(labels).toEqual({ from: "file" });
    expect(id).toBe(JSON.parse(fromFile.stdout).id);
  });

  test("Ctrl-C while a server becomes ready leaves nothing behind", async () => {
    await using ours = scratchServers(engine);
    const allocate = ours.run("allocate", ["--readiness", "log:never said", image]);
    await until("the container", async () => (await ours.provider.list()).length === 1);
    allocate.kill("SIGINT");
    const { code, stdout, stderr } = await allocate;
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
    expect(stderr).toContain("What had been started is removed.");
    expect(await ours.provider.list()).toEqual([]);
  });

  test("a server that ends before it is ready is exit code 8, with its last lines", async () => {
    await using ours = scratchServers(engine);
    const argv = ["--readiness", "log:ready", image, "--", "--exit", "3"];
    const { code, stderr } = await ours.run("allocate", argv);
    expect(code).toBe(8);
    expect(stderr).toContain("exiting with 3");
    expect(await ours.provider.list()).toEqual([]);
  });

  test("an image that is not there is exit code 6", async () => {
    await using ours = scratchServers(engine);
    const { code, stderr } = await ours.run("allocate", ["localhost/no-such-game:1"]);
    expect(code).toBe(6);
    expect(stderr).toContain("localhost/no-such-game:1");
  });
});
