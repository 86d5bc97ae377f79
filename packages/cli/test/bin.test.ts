import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { bin, startBin } from "./support/bin.js";
import { temporaryFolder } from "./support/temporary-folder.js";

const folder = await temporaryFolder();
const execute = promisify(execFile);

test("the built command tells its version", async () => {
  const { version } = JSON.parse(
    await readFile(new URL("../package.json", import.meta.url), "utf8"),
  );
  expect(await startBin(["--version"]).ended).toEqual({
    code: 0,
    stdout: `${version}\n`,
    stderr: "",
  });
});

test("the help loads none of the packages", async () => {
  const coverage = join(folder, "coverage");
  await startBin(["--help"], { NODE_V8_COVERAGE: coverage }).ended;
  const loaded = (await Promise.all((await readdir(coverage)).map((file) => urlsIn(file)))).flat();
  expect(loaded.some((url) => url.endsWith("/cli/dist/bin.js"))).toBe(true);
  const others = loaded.filter(
    (url) => url.startsWith("file:") && !url.includes("/cli/dist/") && !url.includes("/commander/"),
  );
  expect(others).toEqual([]);

  async function urlsIn(file: string): Promise<readonly string[]> {
    const { result } = JSON.parse(await readFile(join(coverage, file), "utf8"));
    return result.map(({ url }: { readonly url: string }) => url);
  }
});

test("a reader that goes away ends it with 141, without a word", async () => {
  const { child, ended } = startBin(["diff", "inspect", "--help"]);
  child.stdout.destroy();
  expect(await ended).toMatchObject({ code: 141, stderr: "" });
});

test("what is printed comes whole through a pipe", async () => {
  const { stdout } = await execute(
    process.execPath,
    [bin, "complete", "--json", "--", "update", "build", "--"],
    { maxBuffer: 1e6 },
  );
  expect(JSON.parse(stdout).length).toBeGreaterThan(20);
});

test("FORCE_COLOR colours an error, NO_COLOR does not", async () => {
  const argv = ["diff", "inspect", join(folder, "nothing")];
  const coloured = await startBin(argv, { FORCE_COLOR: "1", NO_COLOR: undefined }).ended;
  expect(coloured.stderr).toContain("\u001b[31mpotassium:\u001b[39m");
  const plain = await startBin(argv, { FORCE_COLOR: undefined, NO_COLOR: "1" }).ended;
  expect(plain.stderr).toMatch(/^potassium: /);
});

// Windows has no signals to send.
test.runIf(process.platform !== "win32")("SIGTERM ends it with 143", async () => {
  let ask = () => {};
  const asked = new Promise<void>((resolve) => {
    ask = resolve;
  });
  // It never answers.
  const server = createServer(() => ask());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const argv = ["update", "apply", join(folder, "game"), url, "--allow-unsigned"];
    const { child, ended } = startBin(argv);
    await Promise.race([asked, ended]);
    child.kill("SIGTERM");
    const { code, stderr } = await ended;
    expect(stderr).toMatch(/^potassium: asked to end by SIGTERM\. .*\n$/);
    expect(code).toBe(143);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
