import { expect, test } from "vitest";
import { contextEndpoint, currentContext } from "../../src/endpoint/docker-context.js";
import { temporaryFolder } from "../fake-engine/temporary-folder.js";
import { writeConfig, writeContext } from "./docker-config.js";

const meta = (Host: string, more = {}) => ({ Endpoints: { docker: { Host, ...more } } });

test("the current context is what config.json names", async () => {
  await using folder = await temporaryFolder();
  await writeConfig(folder.path, { currentContext: "remote", auths: {} });
  expect(await currentContext(folder.path)).toBe("remote");
});

test.each([{}, { currentContext: "" }, { currentContext: "default" }, "{broken", "null"])(
  "config.json %j names no context",
  async (config) => {
    await using folder = await temporaryFolder();
    await writeConfig(folder.path, config);
    expect(await currentContext(folder.path)).toBeUndefined();
  },
);

test("without config.json there is no current context", async () => {
  await using folder = await temporaryFolder();
  expect(await currentContext(folder.path)).toBeUndefined();
});

test("a context's endpoint is read by the hash of its name", async () => {
  await using folder = await temporaryFolder();
  await writeContext(folder.path, "two words/ü", meta("unix:///run/other.sock"));
  expect(await contextEndpoint(folder.path, "two words/ü")).toEqual({
    kind: "socket",
    path: "/run/other.sock",
  });
});

test("a context brings its certificates, and says whether the engine's is checked", async () => {
  await using folder = await temporaryFolder();
  const tls = { "ca.pem": "CA", "cert.pem": "CERT", "key.pem": "KEY" };
  const files = { ca: "CA", cert: "CERT", key: "KEY" };
  await writeContext(folder.path, "strict", meta("tcp://10.0.0.5:2376"), tls);
  await writeContext(folder.path, "lax", meta("tcp://10.0.0.5:2376", { SkipTLSVerify: true }), tls);
  expect(await contextEndpoint(folder.path, "strict")).toMatchObject({ tls: files });
  expect(await contextEndpoint(folder.path, "lax")).toMatchObject({
    tls: { ...files, insecure: true },
  });
});

test("an unknown context is NOT_FOUND and named", async () => {
  await using folder = await temporaryFolder();
  await expect(contextEndpoint(folder.path, "nowhere")).rejects.toMatchObject({
    code: "NOT_FOUND",
    message: expect.stringContaining("nowhere"),
  });
});

test.each(["{", "[]", {}, { Endpoints: {} }, { Endpoints: { docker: { Host: 5 } } }, meta("x://")])(
  "a context whose description is %j is INVALID_ARGUMENT",
  async (broken) => {
    await using folder = await temporaryFolder();
    await writeContext(folder.path, "broken", broken);
    await expect(contextEndpoint(folder.path, "broken")).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
    });
  },
);
