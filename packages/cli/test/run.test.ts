import { expect, test } from "vitest";
import { runCommand } from "./support/run-command.js";

test("--help lists the groups on stdout and ends with 0", async () => {
  const { code, stdout, stderr } = await runCommand(["--help"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^ {2}diff .*binary patches$/m);
});

test("a verb's help shows its examples", async () => {
  const { code, stdout } = await runCommand(["diff", "inspect", "--help"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ {2}potassium diff inspect game\.hdiff$/m);
});

test("without a verb the help comes on stderr, with exit code 2", async () => {
  for (const argv of [[], ["diff"]]) {
    const { code, stdout, stderr } = await runCommand(argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("Usage: potassium");
  }
});

test("a wrong command line is one line on stderr that names the help, with exit code 2", async () => {
  const { code, stdout, stderr } = await runCommand(["diff", "inspect", "--jsn", "x"]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toBe(
    "potassium: unknown option '--jsn' (Did you mean --json?). See potassium diff inspect --help.\n",
  );
});

test("with --json a wrong command line is a document on stdout", async () => {
  const { code, stdout, stderr } = await runCommand(["diff", "inspect", "--json"]);
  expect({ code, stderr }).toEqual({ code: 2, stderr: "" });
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: "USAGE", exitCode: 2 } });
});

test("with --json a verb that is missing is a document on stdout too, without the help", async () => {
  for (const argv of [["--json"], ["--json", "diff"]]) {
    const { code, stdout, stderr } = await runCommand(argv);
    expect({ code, stderr }).toEqual({ code: 2, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "USAGE", exitCode: 2 } });
  }
});

test("--json may stand before the verb too", async () => {
  const { code, stdout } = await runCommand(["--json", "diff", "inspect", "/nowhere/patch"]);
  expect(code).toBe(6);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: "NOT_FOUND" } });
});

test("an error of a package is one line that says what to do", async () => {
  const { code, stdout, stderr } = await runCommand(["diff", "inspect", "/nowhere/patch"]);
  expect({ code, stdout }).toEqual({ code: 6, stdout: "" });
  expect(stderr).toMatch(/^potassium: .*\/nowhere\/patch.* Check the name or path\.\n$/);
});
