import { expect, test } from "vitest";
import { commonApiVersion, readEngineInfo } from "../../src/engine/engine-info.js";
import { FakeEngine } from "../fake-engine/fake-engine.js";
import { json } from "../fake-engine/reply.js";

async function engineWith(version: object, info: object = {}): Promise<FakeEngine> {
  const engine = await FakeEngine.start();
  engine.on("GET", /^\/version$/, () =>
    json(200, { Version: "1", ApiVersion: "1.41", ...version }),
  );
  return engine.on("GET", /^\/info$/, () => json(200, info));
}

test.each([
  ["an older engine's own", "1.12", "1.41", "1.41"],
  ["the newest known of a newer one", "1.24", "1.99", "1.47"],
  ["the only one that both speak", "1.47", "1.60", "1.47"],
])("%s version is spoken", (_, oldest, newest, expected) => {
  expect(commonApiVersion(oldest, newest, "here")).toBe(expected);
});

test.each([
  ["1.12", "1.39"],
  ["1.48", "1.60"],
  ["2.0", "2.1"],
])("an engine that speaks %s to %s is NOT_SUPPORTED", (oldest, newest) => {
  expect(() => commonApiVersion(oldest, newest, "here")).toThrow(
    expect.objectContaining({ code: "NOT_SUPPORTED" }),
  );
});

test("once the version is agreed on, every path carries it", async () => {
  await using engine = await engineWith({});
  const client = engine.client();
  await readEngineInfo(client);
  await client.plain({ method: "GET", path: "/_ping" });
  expect(engine.requests.map(({ url }) => url)).toEqual([
    "/version",
    "/v1.41/info",
    "/v1.41/_ping",
  ]);
});

test("Podman is told from Docker, and what it can't do from what it is", async () => {
  await using engine = await engineWith(
    { Components: [{ Name: "Podman Engine" }] },
    {
      Rootless: true,
      CgroupVersion: "1",
      Driver: "overlay",
      DriverStatus: [["Backing Filesystem", "extfs"]],
    },
  );
  const info = await readEngineInfo(engine.client());
  expect(info).toMatchObject({
    kind: "podman",
    rootless: true,
    cgroupVersion: 1,
    swarm: "inactive",
  });
  expect(Object.keys(info.limitations).sort()).toEqual(
    expect.arrayContaining(["diskSizeLimit", "resourceLimits", "sourceIp"]),
  );
  expect(Object.isFrozen(info)).toBe(true);
});

test("a manager of a Swarm is told", async () => {
  await using engine = await engineWith(
    {},
    { Swarm: { LocalNodeState: "active", ControlAvailable: true } },
  );
  expect(await readEngineInfo(engine.client())).toMatchObject({ kind: "docker", swarm: "manager" });
});
