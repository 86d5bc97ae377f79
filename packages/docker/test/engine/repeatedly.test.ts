import { expect, test } from "vitest";
import { repeatedly } from "../../src/engine/repeatedly.js";
import { DockerError } from "../../src/index.js";

const broken = (code: string) =>
  new DockerError("UNAVAILABLE", "gone", { cause: Object.assign(new Error(code), { code }) });

/** Fails so many times with the error, then succeeds; gives how often it was sent. */
async function sent(method: "GET" | "POST", error: unknown, failures: number): Promise<number> {
  let count = 0;
  const send = async () => {
    count += 1;
    if (count <= failures) throw error;
  };
  await repeatedly({ method, path: "/x" }, send).catch(() => {});
  return count;
}

test("a look-up whose connection broke is sent again, three times in all", async () => {
  expect(await sent("GET", broken("ECONNRESET"), 1)).toBe(2);
  expect(await sent("GET", broken("EPIPE"), 9)).toBe(3);
});

test("what changes something is sent once, for it may have been carried out", async () => {
  expect(await sent("POST", broken("ECONNRESET"), 1)).toBe(1);
});

test("an engine that is not there, and an engine's own no, are told at once", async () => {
  expect(await sent("GET", broken("ECONNREFUSED"), 1)).toBe(1);
  expect(await sent("GET", new DockerError("NOT_FOUND", "no"), 1)).toBe(1);
});

test("an abort ends the wait between two tries", async () => {
  const reason = new Error("enough");
  const request = { method: "GET", path: "/x", signal: AbortSignal.abort(reason) } as const;
  await expect(repeatedly(request, () => Promise.reject(broken("ECONNRESET")))).rejects.toBe(
    reason,
  );
});
