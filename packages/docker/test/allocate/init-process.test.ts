import { expect, test } from "vitest";
import { programOf, saysNotRun, whenProgramRuns } from "../../src/allocate/init-process.js";
import type { InspectedContainer } from "../../src/container/engine-container.js";
import { readEngineInfo } from "../../src/engine/engine-info.js";
import { FakeEngine } from "../fake-engine/fake-engine.js";
import { json, type Reply } from "../fake-engine/reply.js";

// Without a number of a process this machine has nothing to look at, as for an engine on another one.
const container = (Init: boolean) =>
  ({ Id: "c", State: { Running: true, Pid: 0 }, HostConfig: { Init } }) as InspectedContainer;

const init = ["root", "7", "/sbin/docker-init -- /bin/game"];
const program = ["root", "8", "/bin/game"];

/** What comes of a container whose list of processes is each of these in turn. */
async function seen(...answers: readonly Reply[]) {
  await using engine = await FakeEngine.start();
  const left = [...answers];
  engine.on("GET", /\/top$/, () => left.shift());
  const client = engine.client();
  const connection = { client, info: await readEngineInfo(client) };
  return { runs: await whenProgramRuns(connection, container(true), {}), left: left.length };
}

const processes = (...Processes: readonly (readonly string[])[]) => json(200, { Processes });

test("an engine on another machine is asked until the program is beside its init process", async () => {
  const answers = [processes(init), processes(init, init), processes(init, program)];
  expect(await seen(...answers)).toEqual({ runs: true, left: 0 });
});

test("an init process that ends before that has not run its program", async () => {
  const gone = json(409, { message: "container is not running" });
  expect(await seen(processes(init, init), gone)).toEqual({ runs: false, left: 0 });
});

test("without an init process nobody is asked", async () => {
  await using engine = await FakeEngine.start();
  const client = engine.client();
  const connection = { client, info: await readEngineInfo(client) };
  expect(await whenProgramRuns(connection, container(false), {})).toBe(true);
  expect(engine.seen("GET", /\/top$/)).toEqual([]);
});

test("an init process' words for a program that it can't run are known, and a game's are not", () => {
  expect(saysNotRun("[FATAL tini (7)] exec /nope failed: No such file or directory")).toBe(true);
  expect(saysNotRun("ERROR (catatonit:2): failed to exec pid1: No such file")).toBe(true);
  expect(saysNotRun("failed to exec pid1: Permission denied")).toBe(true);
  expect(saysNotRun("the game says: exec failed")).toBe(false);
});

test("the program is told without the init process before it", () => {
  const described = (Path: string, ...Args: string[]) => programOf({ Path, Args } as never);
  expect(described("/bin/game", "--port", "1")).toBe("/bin/game");
  expect(described("/run/podman-init", "--", "/bin/game", "--port")).toBe("/bin/game");
});
