import { expect, test } from "vitest";
import { relayWith } from "../../support/relay-with.js";
import { runCommand } from "../../support/run-command.js";

const lobby = "10.99.0.10:5520";
const game = "10.99.0.11:5520";

test("delete removes several routes", async () => {
  await using relay = await relayWith({ "10.0.0.1": lobby, "10.0.0.2": lobby, "10.0.0.3": game });
  const { code, stdout } = await relay.route(["delete", "10.0.0.1", "10.0.0.2", "--json"]);
  expect(code).toBe(0);
  expect(
    stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { player_ip: "10.0.0.1", deleted: true },
    { player_ip: "10.0.0.2", deleted: true },
  ]);
  expect(await relay.table()).toEqual({ "10.0.0.3": game });
});

test("delete names the address that it refuses, and removes none", async () => {
  await using relay = await relayWith({ "10.0.0.1": lobby });
  const { code, stderr } = await relay.route(["delete", "10.0.0.1", "nobody"]);
  expect(code).toBe(2);
  expect(stderr).toContain("<player-ips>: invalid playerIps[1]");
  expect(await relay.table()).toEqual({ "10.0.0.1": lobby });
});

test("delete tells of each player whose route stays, with --json too", async () => {
  await using relay = await relayWith({ "10.0.0.1": lobby, "10.0.0.2": lobby }, "open-sesame");
  const env = { POTASSIUM_RELAY: relay.url, POTASSIUM_RELAY_TOKEN: "wrong" };
  const argv = ["route", "delete", "10.0.0.1", "10.0.0.2"];
  const { code, stdout } = await runCommand([...argv, "--json"], { env });
  expect(code).toBe(3);
  const lines = stdout.trim().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { player_ip: "10.0.0.2", error: { code: "UNAUTHORIZED" } },
    { error: { code: "UNAUTHORIZED", exitCode: 3 } },
  ]);
  const { stderr } = await runCommand(argv, { env });
  expect(stderr).toMatch(/^potassium: 10\.0\.0\.2: .*\npotassium: .*\n$/);
  expect(await relay.table()).toEqual({ "10.0.0.1": lobby, "10.0.0.2": lobby });
});
