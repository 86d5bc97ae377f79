import { expect, test } from "vitest";
import { runCommand } from "../../support/run-command.js";

/** Nothing listens there: what is refused is refused before an engine is asked. */
const nowhere = ["--host", "unix:///nowhere/docker.sock"];

test.each([
  [["--port", "5520:5520:5520", "game"], "'-p, --port <binding>' argument '5520:5520:5520'"],
  [["--port", "5520/sctp", "game"], "'-p, --port <binding>' argument '5520/sctp'"],
  [["--env", "=x", "game"], "'-e, --env <variable>' argument '=x'"],
  [["--env", "A=1", "--env", "A=2", "game"], "'--env': A is given twice"],
  [["--env", "NOT_SET_ANYWHERE", "game"], "'--env NOT_SET_ANYWHERE'"],
  [["--label", "region", "game"], "'-l, --label <key=value>' argument 'region'"],
  [["--volume", "maps", "game"], "'-v, --volume <mount>' argument 'maps'"],
  [["--memory", "much", "game"], "'--memory <bytes>' argument 'much'"],
  [["--cpu", "-1", "game"], "'--cpu <cores>' argument '-1'"],
  [["--readiness", "soon", "game"], "'--readiness <probe>' argument 'soon'"],
  [["--restart", "sometimes", "game"], "'--restart <policy>' argument 'sometimes'"],
  [["--pull", "perhaps", "game"], "'--pull <when>' argument 'perhaps'"],
  [[], "an image is missing"],
  [["--file", "-", "game"], "leave out <image>"],
  [["--file", "-", "--name", "x"], "leave out --name"],
])("a command line that can't be read is refused: allocate %j", async (argv, message) => {
  const { code, stderr } = await runCommand(["server", "allocate", ...nowhere, ...argv]);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr).toContain("See potassium server allocate --help.");
});

test.each([
  [["--namespace", "a b", "game"], "--namespace"],
  [["--port-range", "9-1", "game"], "--port-range"],
  [["--host-address", "all", "game"], "--host-address"],
  [["--context", "there", "game"], "--context"],
])("an option of the engine that is refused is named: allocate %j", async (argv, option) => {
  const { code, stdout } = await runCommand(["server", "allocate", ...nowhere, ...argv, "--json"]);
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: "INVALID_ARGUMENT", option } });
});

test("an engine that is not there is exit code 5, whatever is asked", async () => {
  const verbs = [
    ["list"],
    ["get", "x"],
    ["logs", "x"],
    ["logs", "-f", "x"],
    ["exec", "x", "ls"],
    ["stats"],
    ["stats", "--watch"],
    ["events"],
    ["restart", "x"],
    ["rm", "x"],
    ["allocate", "game"],
  ];
  for (const [verb = "", ...argv] of verbs) {
    const { code, stdout } = await runCommand(["server", verb, "--json", ...nowhere, ...argv]);
    expect(code, verb).toBe(5);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "UNAVAILABLE" } });
  }
});
