import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { relayWith } from "../../support/relay-with.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const folder = await temporaryFolder();
const lobby = "10.99.0.10:5520";
const game = "10.99.0.11:5520";

test("sync makes the relay's routes those of standard input, and tells each change", async () => {
  await using relay = await relayWith({ "10.0.0.1": lobby, "10.0.0.2": lobby, "10.0.0.3": lobby });
  const desired = { "10.0.0.2": game, "10.0.0.3": lobby, "10.0.0.4": game };
  const { code, stdout } = await relay.route(["sync"], JSON.stringify(desired));
  expect(code).toBe(0);
  expect(stdout.split("\n").map((line) => line.split(/\s{2,}/))).toEqual([
    ["CHANGE", "PLAYER", "FROM", "TO", "OUTCOME"],
    ["change", "10.0.0.2", lobby, game, "done"],
    ["add", "10.0.0.4", game, "done"],
    ["delete", "10.0.0.1", lobby, "done"],
    ["3 changes, 1 right already"],
    [""],
  ]);
  expect(await relay.table()).toEqual(desired);
});

test("sync with --dry-run tells what it would change, and changes nothing", async () => {
  await using relay = await relayWith({ "10.0.0.1": lobby });
  const { code, stdout } = await relay.route(["sync", "--dry-run", "--json"], "{}");
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    dry_run: true,
    changes: [{ action: "delete", player_ip: "10.0.0.1", previous: lobby }],
    unchanged: [],
    kept: [],
  });
  expect(await relay.table()).toEqual({ "10.0.0.1": lobby });
});

test("sync with --keep-others deletes no route", async () => {
  await using relay = await relayWith({ "10.0.0.1": lobby });
  const { stdout } = await relay.route(["sync", "--keep-others", "-"], `{"10.0.0.2":"${game}"}`);
  expect(stdout).toContain("1 change, 0 right already, 1 other kept");
  expect(await relay.table()).toEqual({ "10.0.0.1": lobby, "10.0.0.2": game });
});

test("sync takes a file as list --json has printed it", async () => {
  await using from = await relayWith({ "10.0.0.1": lobby, "fd00::1": "[fd00::10]:5520" });
  await using to = await relayWith();
  const file = join(folder, "routes.json");
  await writeFile(file, (await from.route(["list", "--json"])).stdout);
  expect((await to.route(["sync", file])).code).toBe(0);
  expect(await to.table()).toEqual(await from.table());
});

test.each([
  ["nothing", "", "standard input holds no JSON"],
  ["half a document", '{"10.0.0.1":', "standard input holds no JSON"],
  ["a number", "1", "invalid desired: must be an object"],
  ["the error of another command", '{"error":{"code":"UNAVAILABLE"}}', "must be an IP address"],
  ["a bad address", '{"10.0.0":"a:1"}', 'invalid desired["10.0.0"]'],
  ["a bad item", '[{"player_ip":"10.0.0.1"}]', "invalid routes: [0]: "],
  [
    "a player with two backends",
    `[{"player_ip":"10.0.0.1","backend":"${lobby}"},{"player_ip":"10.0.0.1","backend":"${game}"}]`,
    "invalid routes: [1]: 10.0.0.1 has another backend already",
  ],
])("sync refuses %s, and changes nothing", async (_, stdin, message) => {
  await using relay = await relayWith({ "10.0.0.1": lobby });
  const { code, stdout, stderr } = await relay.route(["sync"], stdin);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain("potassium: <file>: ");
  expect(stderr).toContain(message);
  expect(await relay.table()).toEqual({ "10.0.0.1": lobby });
});

test("sync of routes of which the relay refuses one makes the others, and ends with the refusal's code", async () => {
  await using relay = await relayWith();
  const desired = { "10.0.0.1": "no-such-host.invalid:5520", "10.0.0.2": lobby };
  const { code, stdout } = await relay.route(["sync", "--json"], JSON.stringify(desired));
  expect(code).toBe(3);
  expect(JSON.parse(stdout).changes).toMatchObject([
    { player_ip: "10.0.0.1", state: "failed", error: { code: "INVALID_BACKEND" } },
    { player_ip: "10.0.0.2", state: "done" },
  ]);
  expect(await relay.table()).toEqual({ "10.0.0.2": lobby });
});
