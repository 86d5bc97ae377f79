import { expect, test } from "vitest";
import { defaultSockets } from "../../src/endpoint/default-sockets.js";
import { findEndpoint, firstListening } from "../../src/endpoint/find-endpoint.js";
import { LazyConnection } from "../../src/engine/connection.js";
import { FakeEngine } from "../fake-engine/fake-engine.js";
import { temporaryFolder } from "../fake-engine/temporary-folder.js";
import { writeConfig, writeContext } from "./docker-config.js";

const socket = (path: string) => ({ kind: "socket", path });
const meta = (path: string) => ({ Endpoints: { docker: { Host: `unix://${path}` } } });

/** A configuration with two contexts, of which `current` is the current one. */
async function configured() {
  const folder = await temporaryFolder();
  await writeConfig(folder.path, { currentContext: "current" });
  await writeContext(folder.path, "current", meta("/current.sock"));
  await writeContext(folder.path, "other", meta("/other.sock"));
  return folder;
}

test("an explicit host wins over DOCKER_HOST, DOCKER_CONTEXT and the current context", async () => {
  await using folder = await configured();
  const env = {
    DOCKER_CONFIG: folder.path,
    DOCKER_HOST: "unix:///host.sock",
    DOCKER_CONTEXT: "other",
  };
  expect(await findEndpoint({ host: "unix:///mine.sock" }, env)).toEqual(socket("/mine.sock"));
  expect(await findEndpoint({ context: "current" }, env)).toEqual(socket("/current.sock"));
  expect(await findEndpoint({}, env)).toEqual(socket("/host.sock"));
});

test("DOCKER_CONTEXT wins over the current context", async () => {
  await using folder = await configured();
  const env = { DOCKER_CONFIG: folder.path };
  expect(await findEndpoint({}, { ...env, DOCKER_CONTEXT: "other" })).toEqual(
    socket("/other.sock"),
  );
  expect(await findEndpoint({}, env)).toEqual(socket("/current.sock"));
});

test("the context named default means the environment, not the current context", async () => {
  await using folder = await configured();
  const env = { DOCKER_CONFIG: folder.path, DOCKER_HOST: "unix:///host.sock" };
  expect(await findEndpoint({ context: "default" }, env)).toEqual(socket("/host.sock"));
});

test("an unknown DOCKER_CONTEXT is NOT_FOUND, and no other engine is taken instead", async () => {
  await using folder = await configured();
  const env = { DOCKER_CONFIG: folder.path, DOCKER_CONTEXT: "nowhere" };
  await expect(findEndpoint({}, env)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a broken DOCKER_HOST is INVALID_ARGUMENT", async () => {
  await expect(findEndpoint({}, { DOCKER_HOST: "nonsense://" })).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
  });
});

test("DOCKER_TLS_VERIFY without its certificates is INVALID_ARGUMENT", async () => {
  await using folder = await temporaryFolder();
  const env = { DOCKER_HOST: "tcp://h", DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: folder.path };
  await expect(findEndpoint({}, env)).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
    field: "tls",
  });
});

test("Docker's socket is tried first, and Podman's of the user and the system after it", () => {
  const places = defaultSockets({
    platform: "linux",
    home: "/root",
    uid: 0,
    runtimeFolder: undefined,
  });
  expect(places[0]).toBe("/var/run/docker.sock");
  expect(places).toContain("/run/user/0/podman/podman.sock");
  expect(places.at(-1)).toBe("/run/podman/podman.sock");
});

test("an engine that isn't there is UNAVAILABLE, and its address is told", async () => {
  await using folder = await temporaryFolder();
  const host = `unix://${folder.path}/none.sock`;
  const connection = new LazyConnection({ host, timeoutMs: 1000, connections: 1 });
  await expect(connection.get()).rejects.toMatchObject({
    code: "UNAVAILABLE",
    message: expect.stringContaining(host),
  });
});

test("of the usual places the first counts where somebody listens", async () => {
  await using folder = await temporaryFolder();
  await using engine = await FakeEngine.start();
  await using later = await FakeEngine.start();
  const paths = [`${folder.path}/none.sock`, engine.path, later.path];
  expect(await firstListening(paths)).toEqual(socket(engine.path));
});

test("where nobody listens anywhere, it is told what was tried and what to do", async () => {
  await using folder = await temporaryFolder();
  const [none, folderItself] = [`${folder.path}/none.sock`, folder.path];
  const error: unknown = await firstListening([none, folderItself]).catch(
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ code: "UNAVAILABLE" });
  const { message } = error as Error;
  expect(message).toContain(`tried unix://${none} (ENOENT), unix://${folderItself} (ECONNREFUSED)`);
  expect(message).toContain("Start Docker or Podman, or set DOCKER_HOST");
});
