import type { RestartPolicy } from "@potassium/core-types";
import { expect, test } from "vitest";
import { decideRestart } from "../../src/supervisor/restart-decision.js";

const backOff = { minMs: 100, maxMs: 1000 };
const noJitter = () => 0;
const crash = { exitCode: 1, ranMs: 50, restarts: 0 };

function decide(policy: RestartPolicy, end: Partial<typeof crash> = {}) {
  return decideRestart(policy, { ...crash, ...end }, backOff, noJitter);
}

test("no never restarts, always and unless-stopped do after any exit code", () => {
  expect(decide({ name: "no" })).toEqual({ restart: false });
  for (const name of ["always", "unless-stopped"] as const) {
    for (const exitCode of [0, 1, 137]) {
      expect(decide({ name }, { exitCode })).toMatchObject({ restart: true });
    }
  }
});

test("on-failure restarts after a failure, as often in a row as it says", () => {
  const policy = { name: "on-failure", maxRetries: 2 } as const;
  expect(decide(policy, { exitCode: 0 })).toEqual({ restart: false });
  expect(decide(policy)).toMatchObject({ restart: true, restarts: 1 });
  expect(decide(policy, { restarts: 1 })).toMatchObject({ restart: true, restarts: 2 });
  expect(decide(policy, { restarts: 2 })).toEqual({ restart: false });
  expect(decide({ name: "on-failure" }, { restarts: 1000 })).toMatchObject({ restart: true });
});

test("each restart in a row waits twice as long, up to the bound", () => {
  const waits = [0, 1, 2, 3, 4, 50].map((restarts) => decide({ name: "always" }, { restarts }));
  expect(waits).toMatchObject([100, 200, 400, 800, 1000, 1000].map((delayMs) => ({ delayMs })));
});

test("a server that ran for ten seconds starts anew with its count and its wait", () => {
  expect(decide({ name: "always" }, { restarts: 9, ranMs: 10_000 })).toEqual({
    restart: true,
    restarts: 1,
    delayMs: 100,
  });
  const policy = { name: "on-failure", maxRetries: 1 } as const;
  expect(decide(policy, { restarts: 1, ranMs: 10_000 })).toMatchObject({ restart: true });
});
