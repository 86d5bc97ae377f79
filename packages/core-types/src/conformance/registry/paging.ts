import assert from "node:assert/strict";
import type { ListFilter } from "../../registry/list-filter.js";
import type { PageOptions } from "../../registry/server-page.js";
import type { ServerRecord } from "../../registry/server-record.js";
import type { ServerRegistry } from "../../registry/server-registry.js";
import { expectCode } from "../expect-code.js";
import { generatedServers } from "./generated-servers.js";
import { gameServer, idsOf } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

const orders = [
  "oldest",
  "fullest",
  "emptiest",
  { metadata: "rating" },
  { metadata: "rating", direction: "descending" },
] as const;

const filters: readonly ListFilter[] = [
  {},
  { type: "game" },
  { type: "game", mode: "skywars", hasReadyMatch: true },
  { hasCapacity: true },
];

export function testPaging(test: RegistryTest): void {
  test("page() of an empty registry is empty and the last", async (registry) => {
    assert.deepEqual(await registry.page(), { servers: [] });
    assert.deepEqual(await registry.page({ type: "game" }, { limit: 1 }), { servers: [] });
  });

  for (const order of orders) {
    test(`the pages of a list by ${JSON.stringify(order)} are the list`, async (registry) => {
      await registerRated(registry);
      for (const filter of filters) {
        const listed = await registry.list(filter, { order });
        for (const limit of [1, 7, 40]) {
          const pages = await pagesOf(registry, filter, { order, limit });
          assert.deepEqual(pages.flat(), listed);
          assert.ok(pages.slice(0, -1).every((page) => page.length === limit));
        }
      }
    });
  }

  test("page() gives a hundred servers where nothing else is said", async (registry) => {
    for (let index = 0; index < 130; index += 1) await registry.register(gameServer(`s${index}`));
    const pages = await pagesOf(registry, {}, {});
    assert.deepEqual(
      pages.map((page) => page.length),
      [100, 30],
    );
  });

  test("the last page has no cursor, a full one neither", async (registry) => {
    for (const id of ["a", "b", "c", "d"]) await registry.register(gameServer(id));
    const first = await registry.page({}, { limit: 2 });
    assert.ok(first.cursor !== undefined);
    const second = await registry.page({}, { limit: 2, cursor: first.cursor });
    assert.deepEqual(
      [idsOf(first.servers), idsOf(second.servers)],
      [
        ["a", "b"],
        ["c", "d"],
      ],
    );
    assert.equal(second.cursor, undefined);
  });

  test("a cursor can be used again", async (registry) => {
    for (const id of ["a", "b", "c"]) await registry.register(gameServer(id));
    const { cursor } = await registry.page({}, { limit: 1 });
    const once = await registry.page({}, { limit: 1, cursor });
    assert.deepEqual(await registry.page({}, { limit: 1, cursor }), once);
  });

  for (const order of orders) {
    test(`changes between the pages by ${JSON.stringify(order)} neither repeat nor lose a server that keeps its place`, async (registry) => {
      await registerRated(registry);
      const listed = idsOf(await registry.list({}, { order }));
      const [gone, changed] = [listed.slice(0, 60).filter((_, index) => index % 7 === 3), listed];
      const seen: string[] = [];
      let cursor: string | undefined;
      for (let round = 0; ; round += 1) {
        const page = await registry.page({}, { order, limit: 4, cursor });
        seen.push(...idsOf(page.servers));
        cursor = page.cursor;
        if (cursor === undefined) break;
        const id = gone[round];
        if (id !== undefined) await registry.unregister(id);
        const same = changed.find((other) => !gone.includes(other)) ?? "";
        await registry.update(same, { labels: { round: String(round) } });
      }
      assert.equal(new Set(seen).size, seen.length, "a server was on two pages");
      const missed = listed.filter((id) => !gone.includes(id) && !seen.includes(id));
      assert.deepEqual(missed, []);
    });
  }

  test("a page goes on after a server that was removed", async (registry) => {
    for (const id of ["a", "b", "c", "d"]) await registry.register(gameServer(id));
    const { cursor } = await registry.page({}, { limit: 2 });
    await registry.unregister("b");
    assert.deepEqual(idsOf((await registry.page({}, { cursor })).servers), ["c", "d"]);
  });

  test("servers that register between the pages are on a later page", async (registry) => {
    for (const id of ["m", "z"]) await registry.register(gameServer(id));
    const { cursor } = await registry.page({}, { limit: 1 });
    await registry.register(gameServer("a"));
    await registry.register(gameServer("m", { port: 9 }));
    assert.deepEqual(idsOf((await registry.page({}, { cursor })).servers), ["z", "a"]);
  });

  test("page() refuses a cursor of another order", async (registry) => {
    for (const id of ["a", "b", "c"]) await registry.register(gameServer(id));
    for (const [index, order] of orders.entries()) {
      const { cursor } = await registry.page({}, { order, limit: 1 });
      const other = orders[(index + 1) % orders.length];
      const error = await expectCode("INVALID_ARGUMENT", () =>
        registry.page({}, { order: other, cursor }),
      );
      assert.equal(error.field, "cursor");
    }
  });

  test("page() refuses a cursor of another filter", async (registry) => {
    for (const id of ["a", "b", "c"]) await registry.register(gameServer(id));
    const all = [
      {},
      { type: "game" },
      { type: "game", mode: "skywars" },
      { minFreeSeats: 2 },
    ] as const;
    for (const [index, filter] of all.entries()) {
      const { cursor } = await registry.page(filter, { limit: 1 });
      assert.ok(cursor !== undefined);
      const other = all[(index + 1) % all.length];
      const error = await expectCode("INVALID_ARGUMENT", () => registry.page(other, { cursor }));
      assert.equal(error.field, "cursor");
    }
  });

  test("a cursor is taken with the same filter, its fields in another order", async (registry) => {
    for (const id of ["a", "b", "c"]) await registry.register(gameServer(id));
    const { cursor } = await registry.page({ type: "game", mode: "skywars" }, { limit: 1 });
    const { servers } = await registry.page({ mode: "skywars", type: "game" }, { cursor });
    assert.deepEqual(idsOf(servers), ["b", "c"]);
  });

  for (const cursor of [
    ...["", "0", "garbage", "null", "{}", "[]", "W10", "e30=", "x".repeat(5000), "a\0b", "../.."],
    ...([7, null, {}] as unknown as string[]),
  ]) {
    const shown = JSON.stringify(cursor).slice(0, 20);
    test(`page() refuses the cursor ${shown}, which is none of its own`, async (registry) => {
      await registry.register(gameServer("a"));
      const error = await expectCode("INVALID_ARGUMENT", () => registry.page({}, { cursor }));
      assert.equal(error.field, "cursor");
    });
  }
}

/** Servers of every kind; a third of them with equal ratings, a third with none. */
async function registerRated(registry: ServerRegistry): Promise<void> {
  for (const [index, server] of generatedServers(60, 4).entries()) {
    const rating = ["7", String((index * 37) % 50), "unrated"][index % 3] ?? "";
    await registry.register({ ...server, metadata: { rating } });
  }
}

async function pagesOf(
  registry: ServerRegistry,
  filter: ListFilter,
  options: PageOptions,
): Promise<readonly (readonly ServerRecord[])[]> {
  const pages: (readonly ServerRecord[])[] = [];
  let cursor: string | undefined;
  do {
    const page = await registry.page(filter, { ...options, cursor });
    pages.push(page.servers);
    cursor = page.cursor;
    assert.ok(pages.length < 1000, "the pages have no end");
  } while (cursor !== undefined);
  return pages;
}
