import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { availableRedis, canStartRedis } from "@potassium/tooling/engines";
import { afterAll, describe, test } from "vitest";
import { expectNaiveAnswers, expectWatchTellsAll } from "./laws.js";
import { memorySubject, redisSubject } from "./subject.js";

describe("in memory", async () => {
  const folder = await mkdtemp(join(tmpdir(), "potassium-registry-model-"));
  afterAll(() => rm(folder, { recursive: true }));
  const create = memorySubject(join(folder, "snapshot"));

  test("any sequence of operations answers as a naive registry does, across restarts too", async () => {
    await expectNaiveAnswers(create, 70);
  });

  test("who follows a watch has the registry's records at any time", async () => {
    await expectWatchTellsAll(create, 150);
  });
});

describe.skipIf(!canStartRedis())("on Redis", async () => {
  const redis = await availableRedis();
  afterAll(() => redis.stop());

  test("any sequence of operations answers as a naive registry does, across restarts too", async () => {
    await expectNaiveAnswers(redisSubject(redis.url, 1), 12);
  });

  test("two registries of one namespace answer as one does, whichever is asked", async () => {
    await expectNaiveAnswers(redisSubject(redis.url, 2), 18);
  });

  test("who follows a watch has the records at any time, whichever registry changes them", async () => {
    await expectWatchTellsAll(redisSubject(redis.url, 2), 40);
  });
});
