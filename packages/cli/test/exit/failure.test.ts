import { readFile } from "node:fs/promises";
import { PotassiumError } from "@potassium/core-types";
import { expect, test } from "vitest";
import { Interruption } from "../../src/edge/interruption.js";
import { ExitCode } from "../../src/exit/exit-code.js";
import { failureOf } from "../../src/exit/failure.js";
import { failureKinds } from "../../src/exit/failure-kinds.js";
import { usageError } from "../../src/exit/usage-error.js";

test("an error names the option whose field it is about", () => {
  const error = new PotassiumError("INVALID_ARGUMENT", "must be a port", {
    field: "ports[0].host",
  });
  expect(failureOf(error, { fields: { port: "--wrong", ports: "--port" } })).toMatchObject({
    code: "INVALID_ARGUMENT",
    message: "--port: must be a port",
    option: "--port",
    field: "ports[0].host",
    exitCode: 2,
  });
});

test("the option of the longest field that fits is named", () => {
  const error = new PotassiumError("INVALID_ARGUMENT", "is empty", { field: "trust.keys[1]" });
  const fields = { trust: "--trust", "trust.keys": "--key" };
  expect(failureOf(error, { fields }).option).toBe("--key");
});

test("an error without a code of Potassium's is unexpected", () => {
  for (const error of [
    new TypeError("oops"),
    Object.assign(new Error("x"), { code: "ENOENT" }),
    7,
  ]) {
    expect(failureOf(error)).toMatchObject({ code: "UNEXPECTED", exitCode: 1 });
  }
});

test("a usage error points at the help of the verb", () => {
  const failure = failureOf(usageError("give --key"), { verb: "update apply" });
  expect(failure).toMatchObject({ code: "USAGE", advice: "See potassium update apply --help." });
});

test("an interruption says what it leaves, with the code that shells expect", () => {
  const context = { interrupted: "Nothing is left." };
  expect(failureOf(new Interruption("SIGINT"), context)).toMatchObject({
    exitCode: 130,
    advice: "Nothing is left.",
  });
  expect(failureOf(new Interruption("SIGTERM"), context).exitCode).toBe(143);
});

test("the README's tables have every exit code and every error code under its exit code", async () => {
  const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
  const rows = new Map(
    [...readme.matchAll(/^\| (\d+) +\| (.*) \|$/gm)].map(([, code, text]) => [Number(code), text]),
  );
  expect([...rows.keys()].sort((a, b) => a - b)).toEqual(
    Object.values(ExitCode).sort((a, b) => a - b),
  );
  for (const [code, { exitCode }] of Object.entries(failureKinds)) {
    expect(rows.get(exitCode), code).toContain(`\`${code}\``);
  }
});
