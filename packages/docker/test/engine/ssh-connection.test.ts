import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { EngineClient } from "../../src/engine/engine-client.js";
import { readEngineInfo } from "../../src/engine/engine-info.js";
import { FakeEngine } from "../fake-engine/fake-engine.js";
import { temporaryFolder } from "../fake-engine/temporary-folder.js";

afterEach(() => vi.unstubAllEnvs());

/** Puts a program named ssh before all others. */
async function sshThat(folder: string, script: string): Promise<void> {
  const file = join(folder, "ssh");
  await writeFile(file, `#!${process.execPath}\n${script}`);
  await chmod(file, 0o755);
  vi.stubEnv("PATH", `${folder}:${process.env["PATH"]}`);
}

const client = () =>
  new EngineClient(
    { kind: "ssh", destination: "player@far", port: 2222 },
    { timeoutMs: 20_000, connections: 2 },
  );

test("an engine is spoken with through the system's ssh, several requests on one connection", async () => {
  await using engine = await FakeEngine.start();
  await using folder = await temporaryFolder();
  const place = JSON.stringify(engine.path);
  await sshThat(
    folder.path,
    `const s = require("net").connect(${place}); process.stdin.pipe(s); s.pipe(process.stdout);`,
  );
  const far = client();
  expect(await readEngineInfo(far)).toMatchObject({
    kind: "docker",
    endpoint: "ssh://player@far:2222",
  });
  await far.plain({ method: "GET", path: "/_ping" });
  far.close();
  expect(engine.requests).toHaveLength(3);
});

test("an ssh that fails is UNAVAILABLE, in its own words", async () => {
  await using folder = await temporaryFolder();
  await sshThat(
    folder.path,
    'process.stderr.write("Host key verification failed."); process.exitCode = 255;',
  );
  const far = client();
  await expect(readEngineInfo(far)).rejects.toMatchObject({
    code: "UNAVAILABLE",
    message: expect.stringContaining("Host key verification failed."),
  });
  far.close();
});
