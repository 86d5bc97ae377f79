import { expect, test } from "vitest";
import { describeEngines, image, scratchServers } from "../../support/scratch-servers.js";

describeEngines((engine) => {
  test("rm removes several servers, by name or id", async () => {
    await using ours = scratchServers(engine);
    const [first, second, third] = [
      await ours.provider.allocate({ image }),
      await ours.provider.allocate({ image }),
      await ours.provider.allocate({ image }),
    ];
    const { code, stdout } = await ours.run("rm", [first.name, second.id]);
    expect(code).toBe(0);
    expect(stdout.trim().split("\n").sort()).toEqual(
      [`${first.name}: removed`, `${second.name}: removed`].sort(),
    );
    expect((await ours.provider.list()).map(({ id }) => id)).toEqual([third.id]);
    const { stdout: json } = await ours.run("rm", ["--json", third.name]);
    expect(JSON.parse(json)).toEqual({ id: third.id, name: third.name, removed: true });
  });

  test("rm of servers of which some are not there removes the others, and tells each", async () => {
    await using ours = scratchServers(engine);
    const { name } = await ours.provider.allocate({ image });
    const { code, stdout, stderr } = await ours.run("rm", ["gone-1", name, "gone-2"]);
    expect({ code, stdout }).toEqual({ code: 6, stdout: `${name}: removed\n` });
    expect(stderr).toContain('there is no server "gone-1"');
    expect(stderr).toContain('there is no server "gone-2"');
    expect(await ours.provider.list()).toEqual([]);
    const again = await ours.run("rm", ["--if-exists", name]);
    expect(again).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("restart keeps a server's id and ports", async () => {
    await using ours = scratchServers(engine);
    const before = await ours.provider.allocate({
      image,
      ports: [{ container: 5520, protocol: "udp" }],
    });
    const { code, stdout } = await ours.run("restart", ["--json", before.name]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      id: before.id,
      status: "running",
      port_bindings: before.ports,
    });
  });
});
