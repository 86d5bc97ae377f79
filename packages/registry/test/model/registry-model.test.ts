import { hasErrorCode } from "@potassium/core-types";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Registry } from "../../src/index.js";
import { NaiveRegistry } from "./naive-registry.js";
import { filter, modes, type Operation, operation } from "./operations.js";

test("any sequence of operations answers as a naive registry does", () => {
  const sequences = fc.array(operation, { maxLength: 60 });
  const filters = fc.array(filter, { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(sequences, filters, (operations, someFilters) => {
      const registry = new Registry();
      const naive = new NaiveRegistry();
      for (const step of operations) {
        apply(step, registry, naive);
        expectSameFinds(registry, naive);
      }
      expect(registry.list()).toEqual(naive.servers);
      for (const each of someFilters) expect(registry.list(each)).toEqual(naive.list(each));
    }),
    { numRuns: 300 },
  );
});

function apply(step: Operation, registry: Registry, naive: NaiveRegistry): void {
  switch (step.do) {
    case "register":
      naive.register(step.server);
      expect(registry.register(step.server)).toEqual(step.server);
      return;
    case "unregister":
      expect(registry.unregister(step.id)).toBe(naive.unregister(step.id));
      return;
  }
  if (naive.get(step.id) === undefined) {
    expect(codeOf(() => change(step, registry))).toBe("NOT_FOUND");
    return;
  }
  const hadMatch = step.do !== "update" && step.matchId in (naive.get(step.id)?.matches ?? {});
  const answer = change(step, registry);
  if (step.do === "update") naive.change(step.id, step.change);
  else naive.setMatch(step.id, step.matchId, step.do === "removeMatch" ? undefined : step.match);
  if (step.do === "removeMatch") expect(answer).toBe(hadMatch);
  expect(registry.get(step.id)).toEqual(naive.get(step.id));
}

function change(
  step: Exclude<Operation, { do: "register" | "unregister" }>,
  registry: Registry,
): unknown {
  switch (step.do) {
    case "update":
      return registry.update(step.id, step.change);
    case "updateMatch":
      return registry.updateMatch(step.id, step.matchId, step.match);
    case "removeMatch":
      return registry.removeMatch(step.id, step.matchId);
    default:
      return step satisfies never;
  }
}

function expectSameFinds(registry: Registry, naive: NaiveRegistry): void {
  expect(registry.findLobby()).toEqual(naive.findLobby());
  for (const mode of modes) {
    const found = registry.findReadyMatch(mode);
    expect(found?.server).toEqual(naive.findReadyServer(mode));
    if (found !== undefined) {
      expect(found.match.status).toBe("ready");
      expect(found.server.matches[found.matchId]).toBe(found.match);
    }
  }
}

function codeOf(call: () => unknown): string | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    if (hasErrorCode(error, "NOT_FOUND")) return error.code;
    throw error;
  }
}
