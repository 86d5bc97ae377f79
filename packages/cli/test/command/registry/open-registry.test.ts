import { expect, test } from "vitest";
import { runCommand } from "../../support/run-command.js";

test("a Redis that is not there is told with exit code 5, and its password is not", async () => {
  const url = "redis://admin:hunter2@127.0.0.1:1";
  for (const verb of ["list", "watch"]) {
    const argv = ["registry", verb, "--redis", url, "--timeout", "100ms", "--verbose"];
    const { code, stderr } = await runCommand(argv);
    expect(code).toBe(5);
    expect(stderr).toContain("127.0.0.1:1");
    expect(stderr).not.toContain("hunter2");
  }
});

test("without a Redis the command says how to name one", async () => {
  const { code, stderr } = await runCommand(["registry", "list"]);
  expect(code).toBe(2);
  expect(stderr).toBe(
    "potassium: no Redis is named: give --redis URL or set POTASSIUM_REDIS. See potassium registry list --help.\n",
  );
});

test.each([
  [["--redis", "http://localhost"], "--redis: "],
  [["--redis", "redis://localhost", "--namespace", "a".repeat(300)], "--namespace: "],
  [["--redis", "redis://localhost", "--on", "1.2.3"], "--on: "],
  [["--redis", "redis://localhost", "--tls-ca", "/dev/null"], "--tls-ca: "],
])("list %j names the option that it refuses", async (argv, option) => {
  const { code, stderr } = await runCommand(["registry", "list", ...argv]);
  expect(code).toBe(2);
  expect(stderr).toMatch(new RegExp(`^potassium: ${option}`));
});
