import { expect, test } from "vitest";
import { inspectedStatus, listedStatus } from "../../src/container/container-status.js";
import { InspectedContainer, ListedContainer } from "../../src/container/engine-container.js";

const inspected = (State: object) =>
  inspectedStatus(
    InspectedContainer.parse({
      Id: "1",
      Name: "/a",
      State,
      Config: { Image: "i" },
      HostConfig: {},
    }),
  );
const listed = (State: string, Status = "") =>
  listedStatus(ListedContainer.parse({ Id: "1", Names: ["/a"], Image: "i", State, Status }));

const words = [
  ["created", "created"],
  ["configured", "created"],
  ["initialized", "starting"],
  ["restarting", "starting"],
  ["running", "running"],
  ["paused", "paused"],
  ["stopping", "stopping"],
  ["removing", "stopping"],
  ["exited", "stopped"],
  ["stopped", "stopped"],
  ["dead", "error"],
  ["unknown", "error"],
] as const;

test.each(words)("an engine's %s is %s, alone and in a list", (word, state) => {
  expect(inspected({ Status: word }).state).toBe(state);
  expect(listed(word).state).toBe(state);
});

test.each([
  ["Exited (137) 2 hours ago", 137],
  ["Exited (-1) 2 hours ago", -1],
  ["Exited (0) Less than a second ago", 0],
])("a list tells the exit code in words: %s", (status, exitCode) => {
  expect(listed("exited", status)).toEqual({ state: "stopped", exitCode });
});

test("an inspection tells how and when it ended, with Podman's offset times as well", () => {
  const status = inspected({
    Status: "exited",
    ExitCode: 137,
    OOMKilled: true,
    FinishedAt: "2026-01-02T03:04:05.123456789+01:00",
  });
  expect(status).toEqual({
    state: "stopped",
    exitCode: 137,
    outOfMemory: true,
    finishedAt: "2026-01-02T02:04:05.123Z",
  });
});

test("Go's zero time, and one that is none, is no time", () => {
  for (const StartedAt of ["0001-01-01T00:00:00Z", "", "soon"]) {
    expect(inspected({ Status: "running", StartedAt })).toEqual({
      state: "running",
      startedAt: undefined,
    });
  }
});

test("a container that is dead says why", () => {
  expect(inspected({ Status: "dead", Error: "device busy" })).toEqual({
    state: "error",
    message: "device busy",
  });
});
