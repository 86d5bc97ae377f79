import { expect, test } from "vitest";
import { freeRange } from "./free-range.js";
import { game } from "./game.js";
import { ownerProcess } from "./owner-process.js";

const options = { images: { game } };

test("two processes that allocate from one range at once never get the same port", async () => {
  const { range, count } = await freeRange(6);
  const request = { image: "game", ports: [{ container: 1, protocol: "udp" as const, range }] };
  const requests = Array.from({ length: 4 }, () => request);
  await using one = ownerProcess(options, requests);
  await using two = ownerProcess(options, requests);
  const outcomes = [...(await one.outcomes()), ...(await two.outcomes())];
  const hosts = outcomes.flatMap(({ server }) => server?.ports[0]?.host ?? []);
  expect(new Set(hosts).size).toBe(hosts.length);
  expect(hosts.length).toBe(count);
  expect(outcomes.filter(({ code }) => code === "PORTS_EXHAUSTED").length).toBe(8 - count);
});

test("a port that another process' server has is PORT_IN_USE, though nothing listens on it", async () => {
  const { first } = await freeRange(1);
  const request = {
    image: "game",
    ports: [{ container: 1, protocol: "tcp" as const, host: first }],
  };
  await using one = ownerProcess(options, [request]);
  expect((await one.servers())[0]?.ports[0]?.host).toBe(first);
  await using two = ownerProcess(options, [request]);
  expect(await two.outcomes()).toEqual([{ code: "PORT_IN_USE" }]);
});
