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

test("the registry's example registers a server and updates its players", async () => {
  expect(await run("registry")).toContain("players: 5");
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
