import { expect, test } from "vitest";
import { candidates } from "../../../src/command/completion/candidates.js";
import { makeProgram } from "../../../src/command/program.js";

const program = makeProgram({ invoke: async () => {}, write() {}, writeError() {} });
const found = (...words: readonly string[]) => candidates(program, words).map(({ word }) => word);

test("groups and verbs are found by how they begin, hidden ones are not", () => {
  expect(found("up")).toEqual(["update"]);
  expect(found("")).toContain("doctor");
  expect(found("")).not.toContain("complete");
  expect(found("update", "re")).toEqual(["repair", "recover"]);
  expect(found("diff", "tools", "")).toEqual(["pin"]);
});

test("options are found, and the choices of their values", () => {
  expect(found("diff", "create", "--e")).toEqual(["--effort"]);
  expect(found("diff", "create", "--effort", "")).toEqual(["fast", "balanced", "smallest"]);
  expect(found("diff", "create", "--effort", "fast", "--co")).toEqual(["--codec"]);
  expect(found("diff", "create", "--help", "a", "--j")).toEqual(["--json"]);
});

test("an option that takes several values has its choices for each", () => {
  expect(found("diff", "smallest", "--contenders", "hdiff", "hd")).toEqual(["hdiff", "hdiffz"]);
});

test("doctor --require has the names of its checks", () => {
  expect(found("doctor", "--require", "hd")).toContain("hdiffz");
  expect(found("doctor", "--require", "node", "con")).toEqual(["containers"]);
});

test("choices of operands are found at their places", () => {
  expect(found("completion", "")).toEqual(["bash", "zsh", "fish"]);
  expect(found("completion", "bash", "")).toEqual([]);
  expect(found("diff", "tools", "pin", "hdiffz", "hp")).toEqual(["hpatchz"]);
});

test("where a path may stand nothing is found, and the shell completes paths", () => {
  expect(found("diff", "inspect", "")).toEqual([]);
  expect(found("diff", "tools", "--pins", "")).toEqual([]);
  expect(found("diff", "inspect", "--", "--j")).toEqual([]);
  expect(found("nonsense", "")).toEqual([]);
});
