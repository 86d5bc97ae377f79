import { expect, test } from "vitest";
import { runCommand } from "../../support/run-command.js";

test("many servers at once bring no warning about listeners", async () => {
  const warnings: string[] = [];
  const onWarning = ({ message }: Error) => warnings.push(message);
  process.on("warning", onWarning);
  try {
    const names = Array.from({ length: 40 }, (_, index) => `game-${index}`);
    const argv = ["server", "rm", "--host", "unix:///nowhere/docker.sock", ...names];
    expect((await runCommand(argv)).code).toBe(5);
    // Warnings are told in a turn of their own.
    await new Promise(setImmediate);
    expect(warnings).toEqual([]);
  } finally {
    process.off("warning", onWarning);
  }
});

test("the same failure of several servers is told once", async () => {
  const { code, stderr } = await runCommand([
    "server",
    "restart",
    "--host",
    "unix:///nowhere/docker.sock",
    "a1",
    "b1",
    "c1",
  ]);
  expect(code).toBe(5);
  expect(stderr.match(/^potassium: /gm)).toHaveLength(1);
});
