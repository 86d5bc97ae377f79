import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import type { LogLine, Readiness } from "../../../src/index.js";
import { waitUntilReady } from "../../../src/provider-kit/index.js";
import { httpPort, startingServer, tcpPort, udpPort } from "./started-server.js";

const at = (port: number) => ({ address: () => ({ host: "127.0.0.1", port }) });
const line = (text: string): LogLine => ({
  stream: "stdout",
  text,
  time: new Date(0).toISOString(),
});
const quick = { timeoutMs: 400, intervalMs: 20 } as const;
const patient = { timeoutMs: 20_000, intervalMs: 20 } as const;

/** A port of this machine that nobody listens on. */
async function closedPort(): Promise<number> {
  await using taken = await tcpPort();
  return taken.port;
}

test("running is ready at once", async () => {
  await waitUntilReady({ type: "running" }, startingServer());
});

test("log is ready at the first line that matches, and the stream is left", async () => {
  let left = false;
  const server = startingServer({
    async *logLines() {
      try {
        yield line("Starting");
        yield line("Done (3.2s)! For help");
        expect.fail("it read on");
      } finally {
        left = true;
      }
    },
  });
  await waitUntilReady({ type: "log", pattern: "^Done \\(" }, server);
  expect(left).toBe(true);
});

test("tcp is ready once the port takes a connection", async () => {
  await using port = await tcpPort();
  await waitUntilReady({ type: "tcp", ...patient }, startingServer(at(port.port)));
});

test("tcp keeps trying while the port is closed", async () => {
  const number = await closedPort();
  let asked = 0;
  const readiness = { type: "tcp", ...quick } as const;
  const server = startingServer({
    address: () => {
      asked += 1;
      return { host: "127.0.0.1", port: number };
    },
  });
  await expect(waitUntilReady(readiness, server)).rejects.toMatchObject({
    code: "NOT_READY",
    message: expect.stringMatching(
      new RegExp(
        `"lobby-1" was not ready after 400 ms; tcp 127.0.0.1:${number}: \\d+ tries, the last: .*ECONNREFUSED`,
      ),
    ),
  });
  expect(asked).toBe(1);
});

test("http is ready at 2xx and 3xx, or at the status that is asked for", async () => {
  await using port = await httpPort(503, 404, 302);
  await waitUntilReady(
    { type: "http", path: "/health?a=1", ...patient },
    startingServer(at(port.port)),
  );
  expect(port.paths).toEqual(["/health?a=1", "/health?a=1", "/health?a=1"]);
  await using strict = await httpPort(200, 204);
  await waitUntilReady({ type: "http", status: 204, ...patient }, startingServer(at(strict.port)));
  expect(strict.paths).toEqual(["/", "/"]);
});

test("http that answers with another status is not ready, and the status is told", async () => {
  await using port = await httpPort(500);
  const call = waitUntilReady({ type: "http", ...quick }, startingServer(at(port.port)));
  await expect(call).rejects.toMatchObject({
    code: "NOT_READY",
    message: expect.stringContaining("it answered 500"),
  });
});

test("exec is ready when the command ends with 0", async () => {
  const codes = [1, 2, 0];
  const commands: (readonly string[])[] = [];
  const server = startingServer({
    exec: async (command) => {
      commands.push(command);
      return { exitCode: codes.shift() ?? 0, stdout: "", stderr: "no\n", truncated: false };
    },
  });
  await waitUntilReady({ type: "exec", command: ["check", "-x"], ...patient }, server);
  expect(commands).toEqual([
    ["check", "-x"],
    ["check", "-x"],
    ["check", "-x"],
  ]);
});

test("exec that fails tells the exit code and the last words", async () => {
  const server = startingServer({
    exec: async () => ({ exitCode: 3, stdout: "", stderr: "one\nno world\n", truncated: false }),
  });
  const call = waitUntilReady({ type: "exec", command: ["check"], ...quick }, server);
  await expect(call).rejects.toThrow(/exec check: \d+ tries, the last: exit code 3, no world/);
});

test("udp asks again until it is answered, and passes over what is no answer", async () => {
  let count = 0;
  await using port = await udpPort(() => {
    count += 1;
    // Nothing at all for the first, as before the server listens; then another protocol's answer.
    if (count === 1) return undefined;
    return Buffer.from(count === 2 ? "00" : "ffffffff4101020304", "hex");
  });
  const readiness = { type: "udp", probe: "a2s", ...patient } as const;
  await waitUntilReady(readiness, startingServer(at(port.port)));
  expect(port.queries()).toBe(3);
});

test("udp to a closed port is refused, tried again, and told", async () => {
  const readiness = { type: "udp", probe: "raknet", ...quick } as const;
  const call = waitUntilReady(readiness, startingServer(at(await closedPort())));
  await expect(call).rejects.toMatchObject({
    code: "NOT_READY",
    message: expect.stringMatching(/udp raknet 127\.0\.0\.1:\d+/),
  });
});

test("a server that ends is START_FAILED with its exit code and last lines", async () => {
  const never: Readiness = { type: "log", pattern: "^never$" };
  const server = startingServer({
    logLines: async function* ({ signal }) {
      await new Promise((resolve) => signal?.addEventListener("abort", resolve, { once: true }));
    },
    ended: async () => ({ exitCode: 3 }),
    lastLines: async () => [line("no config"), line("bye")],
  });
  await expect(waitUntilReady(never, server)).rejects.toMatchObject({
    code: "START_FAILED",
    message:
      'server "lobby-1" ended with exit code 3 before it was ready; its last lines:\n  no config\n  bye',
  });
});

test("an abort rejects with the signal's reason, before and during, and lets go of the signal", async () => {
  const reason = new Error("enough");
  const port = await closedPort();
  const readiness = { type: "tcp", ...patient } as const;
  await expect(
    waitUntilReady(readiness, startingServer(at(port)), { signal: AbortSignal.abort(reason) }),
  ).rejects.toBe(reason);
  const controller = new AbortController();
  const call = waitUntilReady(readiness, startingServer(at(port)), { signal: controller.signal });
  controller.abort(reason);
  await expect(call).rejects.toBe(reason);
  expect(getEventListeners(controller.signal, "abort")).toEqual([]);
});

test("a port that the server does not have is told at once", async () => {
  const call = waitUntilReady({ type: "tcp", ...patient }, startingServer());
  await expect(call).rejects.toThrow("it has no ports");
});

test("udp that answers something else tells the answer, what was expected, and the last lines", async () => {
  await using port = await udpPort(() => Buffer.from("hello"));
  const readiness = { type: "udp", probe: { send: "00", expect: "6e" }, ...quick } as const;
  const server = startingServer({ ...at(port.port), lastLines: async () => [line("listening")] });
  await expect(waitUntilReady(readiness, server)).rejects.toMatchObject({
    code: "NOT_READY",
    message: expect.stringMatching(
      /: 1 try: answered 68656c6c6f, which does not begin with 6e; its last lines:\n {2}listening$/,
    ),
  });
});
