import { expect, test } from "vitest";
import { relayWith } from "../../support/relay-with.js";

const lobby = "10.99.0.10:5520";

test("set leads a player to a server, and list shows the route", async () => {
  await using relay = await relayWith();
  const set = await relay.route(["set", "::ffff:192.168.1.50", lobby]);
  expect(set).toMatchObject({ code: 0, stdout: `192.168.1.50 -> ${lobby}\n`, stderr: "" });
  expect(await relay.table()).toEqual({ "192.168.1.50": lobby });
  const { stdout } = await relay.route(["list"]);
  expect(stdout).toBe(`PLAYER        BACKEND\n192.168.1.50  ${lobby}\n`);
});

test("set and list print routes in Peel's JSON", async () => {
  await using relay = await relayWith();
  const route = { player_ip: "192.168.1.50", backend: lobby };
  const set = await relay.route(["set", "192.168.1.50", lobby, "--json"]);
  expect(JSON.parse(set.stdout)).toEqual(route);
  const list = await relay.route(["list", "--json"]);
  expect(JSON.parse(list.stdout)).toEqual([route]);
});

test("set names the argument that it refuses, and changes nothing", async () => {
  await using relay = await relayWith();
  const { code, stderr } = await relay.route(["set", "192.168.1.500", lobby]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^potassium: <player-ip>: .*must be an IP address.*\n$/);
  const { code: codeOfBackend, stdout } = await relay.route(["set", "::1", "lobby", "--json"]);
  expect(codeOfBackend).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    error: { code: "INVALID_ARGUMENT", option: "<backend>", exitCode: 2 },
  });
  expect(await relay.table()).toEqual({});
});
