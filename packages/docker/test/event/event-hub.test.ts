import type { ServerEvent } from "@potassium/core-types";
import { describe, expect, test } from "vitest";
import { toLabels } from "../../src/container/wanted.js";
import { DockerProvider } from "../../src/index.js";
import { sampleWanted } from "../container/sample.js";
import { FakeContainers } from "../fake-engine/fake-containers.js";
import { FakeEngine } from "../fake-engine/fake-engine.js";
import { drop, json, streamed } from "../fake-engine/reply.js";

const labels = toLabels(sampleWanted);
const events = /^\/events$/;
const now = () => Math.floor(Date.now() / 1000);

function line(Action: string, more: object = {}, ID = "a"): string {
  const Attributes = { ...labels, name: "lobby", signal: "15", exitCode: "3", ...more };
  return `${JSON.stringify({ Type: "container", Action, Actor: { ID, Attributes }, time: now() })}\n`;
}

/** An engine whose event streams are scripted: each connection that follows gets the next script. */
async function scripted(replay: readonly string[], ...live: readonly (readonly string[])[]) {
  const engine = await FakeEngine.start();
  const containers = new FakeContainers(engine);
  let connection = 0;
  engine.on("GET", events, ({ query }) => {
    if (query.has("until")) return streamed(sent(replay));
    connection += 1;
    const script = live[connection - 1] ?? [];
    return streamed(connection < live.length ? sent(script) : held(script));
  });
  const provider = new DockerProvider({ host: engine.host, namespace: "test" });
  return {
    engine,
    containers,
    provider,
    async [Symbol.asyncDispose]() {
      await provider[Symbol.asyncDispose]();
      await engine[Symbol.asyncDispose]();
    },
  };
}

async function* sent(script: readonly string[]): AsyncGenerator<string> {
  yield* script;
}

/** Stays open once all was sent. */
async function* held(script: readonly string[]): AsyncGenerator<string> {
  yield* script;
  await new Promise<void>(() => {});
}

async function first(provider: DockerProvider, count: number): Promise<ServerEvent[]> {
  const seen: ServerEvent[] = [];
  for await (const event of provider.events()) {
    seen.push(event);
    if (seen.length === count) break;
  }
  return seen;
}

const types = (list: readonly ServerEvent[]) => list.map(({ type }) => type);

test("after a break it asks from where it was, and drops what comes again", async () => {
  const [made, started, died] = [line("create"), line("start"), line("die")];
  await using here = await scripted(
    [made, started, died],
    [made, started],
    [started, died, line("destroy")],
  );
  const seen = await first(here.provider, 5);
  expect(types(seen)).toEqual(["created", "starting", "running", "stopped", "removed"]);
  expect(seen[3]).toMatchObject({ exitCode: 3, name: "lobby" });
  const asked = here.engine.seen("GET", events).map(({ query }) => query);
  expect(asked[0]?.has("since")).toBe(false);
  expect(asked.slice(1).every((query) => Number(query.get("since")) > 0)).toBe(true);
});

test("a stream that is cut off in the middle of an event loses none", async () => {
  const [made, started] = [line("create"), line("start")];
  await using here = await scripted([], [made, started.slice(0, 20)], [started, line("die")]);
  // The list has it running, so that its start is known and only its end is left to tell.
  const wanted = { Image: "i", Labels: labels };
  here.containers.all.set("a", { Id: "a", name: "lobby", body: wanted, state: "running" });
  const seen = await first(here.provider, 1);
  expect(types(seen)).toEqual(["stopped"]);
});

test("the end of a stream is no crash: a server that is still there is told nothing about", async () => {
  await using here = await scripted([], [], [], [line("die")]);
  here.containers.all.set("a", {
    Id: "a",
    name: "lobby",
    body: { Image: "i", Labels: labels },
    state: "running",
  });
  expect(types(await first(here.provider, 1))).toEqual(["stopped"]);
  expect(here.engine.seen("GET", /^\/containers\/json$/)).toHaveLength(4);
});

test("what the engine has forgotten in a gap is told by the list", async () => {
  await using here = await scripted([], [line("create"), line("start")], []);
  const seen = await first(here.provider, 5);
  expect(types(seen)).toEqual(["created", "starting", "running", "stopped", "removed"]);
});

test("other namespaces and broken labels are passed over", async () => {
  const other = { "potassium.namespace": "other" };
  const broken = { "potassium.wanted": "{" };
  await using here = await scripted(
    [],
    [line("create", other, "b"), line("create", broken, "c"), line("create")],
  );
  expect(types(await first(here.provider, 1))).toEqual(["created"]);
});

test("once nobody reads, the engine's stream is closed", async () => {
  await using here = await scripted([], [line("create")]);
  await first(here.provider, 1);
  await here.provider[Symbol.asyncDispose]();
  expect(here.engine.seen("GET", events)).toHaveLength(1);
});

const image = "localhost/game:1";

describe.each([
  ["answers 500", () => json(500, { message: "not now" })],
  ["breaks off", drop],
] as const)("an engine that %s to the first requests for events", (_what, refusal) => {
  test.each([1, 2])("loses no server that is made meanwhile, after %i of them", async (count) => {
    await using here = await scripted([]);
    here.containers.all.set("old", {
      Id: "old",
      name: "old",
      body: { Image: image, Labels: labels },
      state: "running",
    });
    // A GET that breaks off is sent three times before it has failed.
    let refusals = refusal === drop ? 3 * count : count;
    here.engine.on("GET", events, () => {
      refusals -= 1;
      return refusals >= 0 ? refusal() : undefined;
    });
    const stream = here.provider.events()[Symbol.asyncIterator]();
    const { id } = await here.provider.allocate({ image });
    const seen: ServerEvent[] = [];
    while (seen.length < 3) seen.push((await stream.next()).value);
    expect(types(seen)).toEqual(["created", "starting", "running"]);
    expect(seen.every((event) => event.id === id)).toBe(true);
    await stream.return?.();
  });
});

test("a server that is made when an engine comes back, before its events are read, is told", async () => {
  await using here = await scripted([]);
  let answers = false;
  here.engine.on("GET", /^\/_ping$/, () =>
    answers ? undefined : json(503, { message: "not yet" }),
  );
  const stream = here.provider.events()[Symbol.asyncIterator]();
  const { id } = await here.provider.allocate({ image });
  answers = true;
  const seen: ServerEvent[] = [];
  while (seen.length < 3) seen.push((await stream.next()).value);
  expect(types(seen)).toEqual(["created", "starting", "running"]);
  expect(seen[0]?.id).toBe(id);
  await stream.return?.();
});
