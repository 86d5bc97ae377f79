import type { ListFilter, RegistryChange, ServerRecord } from "@potassium/core-types";
import * as fc from "fast-check";
import { expect } from "vitest";
import { applyOperation } from "./apply-operation.js";
import { expectSameFinds, expectSameLeases, expectSameLists } from "./expect-same.js";
import { NaiveRegistry } from "./naive-registry.js";
import { filter, type Operation, operation } from "./operations.js";
import { RisingVersions } from "./rising-versions.js";
import type { CreateSubject, Subject } from "./subject.js";

// Without a size, no sequence would be longer than ten.
const sequences = fc.array(operation, { maxLength: 60, size: "max" });
/** A failure is told with the shortest sequence that was found in this time: on a network each try takes long. */
const bounds = { interruptAfterTimeLimit: 40_000 };
const always: readonly ListFilter[] = [
  {},
  { availability: "available" },
  { availability: "draining" },
  { availability: "expired" },
];
const filters = fc.array(filter, { minLength: 1, maxLength: 5 });

/**
 * A server without a TTL. Time is steered, but Redis ends the keys of a namespace by its own clock where none such is there: however slow
 * a run is, nothing ends in the middle of it. Registered again, it is a change that a watch must tell.
 */
const keeper = {
  id: "keeper",
  type: "lobby",
  mode: "keeper",
  host: "10.99.0.12",
  port: 1,
  players: 0,
  maxPlayers: 0,
  matches: {},
  metadata: {},
  labels: {},
  health: "healthy",
} as const;

/** After each of any operations the registry finds what the naive one finds, and in the end it has the same servers and leases. */
export async function expectNaiveAnswers(create: CreateSubject, numRuns: number): Promise<void> {
  const law = fc.asyncProperty(sequences, filters, async (operations, someFilters) => {
    const naive = new NaiveRegistry();
    await using subject = create({ now: () => naive.nowMs });
    const versions = new RisingVersions();
    const given: string[] = [];
    naive.register(keeper, undefined, false);
    await subject.at(0).register(keeper);
    for (const [turn, step] of operations.entries()) {
      await apply(step, turn, subject, naive, given);
      // By the next one, where there are several: it must see what another has done.
      await expectSameFinds(subject.at(turn + 1), naive);
      await versions.expectRisen(subject.at(turn + 1), given);
    }
    await expectSameLists(subject.at(0), naive, [...always, ...someFilters]);
    await expectSameLeases(subject.at(0), naive);
  });
  await fc.assert(law, { ...bounds, numRuns });
}

/** Who follows a watch has the registry's records at any time, however few changes are kept. */
export async function expectWatchTellsAll(create: CreateSubject, numRuns: number): Promise<void> {
  const kepts = fc.integer({ min: 1, max: 20 });
  const law = fc.asyncProperty(sequences, kepts, async (operations, keptChanges) => {
    const naive = new NaiveRegistry();
    await using subject = create({ now: () => naive.nowMs, keptChanges });
    const watched = subject.at(0);
    const copy = new Map<string, ServerRecord>();
    const given: string[] = [];
    let lastVersion = 0;
    await watched.register(keeper);
    const changes = watched.watch({ from: 0 })[Symbol.asyncIterator]();
    for (const [turn, step] of operations.entries()) {
      // The watch would end with its registry.
      if (step.do !== "restart") await apply(step, turn, subject, naive, given);
      if (turn % 7 !== 6 && turn < operations.length - 1) continue;
      const { version } = await subject.at(turn + 1).register(keeper);
      while (lastVersion < version) {
        const { value, done } = await changes.next();
        if (done) throw new Error("the watch ended");
        expect(value.version).toBeGreaterThan(lastVersion);
        lastVersion = value.version;
        follow(copy, value);
      }
      const present = [
        ...(await watched.list()),
        ...(await watched.list({ availability: "expired" })),
      ];
      expect(byId(copy.values())).toEqual(byId(present));
    }
    await changes.return?.();
  });
  await fc.assert(law, { ...bounds, numRuns });
}

async function apply(
  step: Operation,
  turn: number,
  subject: Subject,
  naive: NaiveRegistry,
  given: string[],
): Promise<void> {
  if (step.do === "wait") naive.advance(step.ms);
  else if (step.do !== "restart") await applyOperation(step, subject.at(turn), naive, given);
  else if (await subject.restart()) {
    for (const server of naive.servers) server.seenAtMs = naive.nowMs;
  }
}

function follow(copy: Map<string, ServerRecord>, change: RegistryChange): void {
  if (change.kind === "removed") copy.delete(change.id);
  else if (change.kind === "resync") {
    copy.clear();
    for (const server of change.servers) copy.set(server.id, server);
  } else copy.set(change.server.id, change.server);
}

function byId(servers: Iterable<ServerRecord>): ServerRecord[] {
  return [...servers].sort((a, b) => (a.id < b.id ? -1 : 1));
}
