import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

/** Runs an example of a README to its end and gives its output. */
async function run(name: string): Promise<string> {
  const program = fileURLToPath(new URL(`../dist/${name}.js`, import.meta.url));
  return (await promisify(execFile)(process.execPath, [program], { timeout: 30_000 })).stdout;
}

test("the relay's example sets, changes and lists a route", async () => {
  expect(await run("relay")).toContain("'192.168.1.50': '10.99.0.11:5520'");
});

test("the route keeper's example tells of a conflict and brings all routes back after a restart", async () => {
  const output = await run("relay-keeper");
  expect(output).toContain("owners-conflict");
  expect(output).toContain("routes-lost");
  expect(output).toContain("'192.168.1.50': '10.99.0.10:5520'");
  expect(output).toContain("'192.168.1.51': '10.99.0.11:5520'");
});

test("the registry's example updates a server's players, seats two and drains a lobby", async () => {
  const output = await run("registry");
  expect(output).toContain("players: 5");
  expect(output).toContain("2 seats in match-1: go to 10.99.0.10:5520");
  expect(output).toContain("players: [ 'ann', 'bob' ]");
  expect(output).toContain("drained");
});

test("the registry's snapshot example finds its server again", async () => {
  expect(await run("registry-snapshot")).toContain("id: 'skywars-1'");
});

test("the contracts' example names the field at fault and writes Go's JSON", async () => {
  const output = await run("core-types");
  expect(output).toContain("ports[0].container");
  expect(output).toContain('"players":4');
});

test("the process provider's example hears a server start, restart and go", async () => {
  const events = (await run("process"))
    .trim()
    .split("\n")
    .map((line) => line.split(" ").at(-1));
  expect(events.filter((type) => type === "ready")).toHaveLength(2);
  expect(events[0]).toBe("created");
});
