import { existsSync, readdirSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { game, ready } from "./game.js";
import { ownerProcess } from "./owner-process.js";
import { serverTraces } from "./server-traces.js";
import { temporaryFolder } from "./temporary-folder.js";
import { waitUntilGone } from "./wait-until.js";

test("what an owner and its supervisors leave that are all killed is removed by the next provider", async () => {
  await using folder = await temporaryFolder();
  const environment = { TMPDIR: folder.path };
  const request = { image: "game", readiness: ready };
  await using owner = ownerProcess({ images: { game } }, [request], environment);
  const [server] = await owner.servers();
  const shared = join(folder.path, readdirSync(folder.path)[0] ?? "");
  const [name = ""] = readdirSync(shared).filter((entry) => entry.startsWith("state-"));
  const state = join(shared, name);
  const pids = await serverTraces(state, server?.id ?? "").processes();
  // Stopped, so that it can't clean up when its owner goes.
  process.kill(pids.supervisor, "SIGSTOP");
  await owner.kill();
  process.kill(pids.supervisor, "SIGKILL");
  await waitUntilGone(pids.supervisor);
  const longAgo = new Date(Date.now() - 3_600_000);
  utimesSync(state, longAgo, longAgo);

  await using next = ownerProcess({ images: { game } }, [request], environment);
  await next.servers();
  await waitUntilGone(pids.server);
  expect(existsSync(state)).toBe(false);
});
