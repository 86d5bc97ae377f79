import { expect, test } from "vitest";
import { describeEngines, image, scratchServers } from "../../support/scratch-servers.js";

describeEngines((engine) => {
  test("list and get show servers to people", async () => {
    await using ours = scratchServers(engine);
    const name = `${ours.namespace}-a`;
    const server = await ours.provider.allocate({
      image,
      name,
      ports: [{ container: 5520, protocol: "udp" }],
      labels: { region: "eu" },
    });
    const list = await ours.run("list");
    const [titles, row, ...rest] = list.stdout.trimEnd().split("\n");
    expect(titles?.split(/\s{2,}/)).toEqual([
      "NAME",
      "STATE",
      "IMAGE",
      "ADDRESS",
      "PORTS",
      "CREATED",
    ]);
    expect(row).toContain(`${name}  running  ${image}`);
    expect(row).toContain(`${server.ports[0]?.host}->5520/udp`);
    expect(rest).toEqual([]);
    const get = await ours.run("get", [name]);
    expect(get.code).toBe(0);
    expect(get.stdout).toMatch(new RegExp(`^name +${name}\nid +${server.id}\nimage +`));
    expect(get.stdout).toMatch(/^labels +region=eu$/m);
  });

  test("list and get print the Go library's JSON", async () => {
    await using ours = scratchServers(engine);
    const { id, name } = await ours.provider.allocate({ image, labels: { region: "eu" } });
    const [listed] = JSON.parse((await ours.run("list", ["--json"])).stdout);
    const got = JSON.parse((await ours.run("get", [id, "--json"])).stdout);
    for (const server of [listed, got]) {
      expect(server).toMatchObject({ id, name, status: "running", labels: { region: "eu" } });
    }
    expect(got.status_detail.started_at).toEqual(expect.any(String));
  });

  test("list narrows by label, state and name, and gives names alone", async () => {
    await using ours = scratchServers(engine);
    const eu = await ours.provider.allocate({ image, labels: { region: "eu", tier: "a=b" } });
    const us = await ours.provider.allocate({ image });
    const names = async (...argv: string[]) => {
      const { stdout } = await ours.run("list", ["--names", ...argv]);
      return stdout.split("\n").filter((line) => line !== "");
    };
    expect(await names()).toEqual([eu.name, us.name]);
    expect(await names("--label", "region=eu", "--label", "tier=a=b")).toEqual([eu.name]);
    expect(await names("--label", "region=eu", "--label", "tier=b")).toEqual([]);
    expect(await names("--name", us.name)).toEqual([us.name]);
    expect(await names("--state", "created", "running", "--name", eu.name)).toEqual([eu.name]);
    expect(await names("--state", "paused")).toEqual([]);
  });

  test("a server of another namespace is not there, with exit code 6", async () => {
    await using ours = scratchServers(engine);
    await using others = scratchServers(engine);
    const { name } = await others.provider.allocate({ image });
    expect((await ours.run("list", ["--json"])).stdout).toBe("[]\n");
    for (const verb of ["get", "logs", "stats", "restart", "rm"]) {
      const { code, stderr } = await ours.run(verb, [name]);
      expect(code, verb).toBe(6);
      expect(stderr).toContain(`there is no server "${name}"`);
    }
    expect(await others.provider.get(name)).toBeDefined();
  });
});
