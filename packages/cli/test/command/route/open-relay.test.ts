import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startRelay } from "@potassium/relay/server";
import { expect, test } from "vitest";
import { relayWith } from "../../support/relay-with.js";
import { runCommand } from "../../support/run-command.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const folder = await temporaryFolder();
const lobby = "10.99.0.10:5520";
const game = "10.99.0.11:5520";

test("the token comes from the environment or a file, and is in no message", async () => {
  await using relay = await relayWith({ "10.0.0.1": lobby }, "open-sesame");
  expect(await relay.table()).toEqual({ "10.0.0.1": lobby });
  const right = join(folder, "right");
  const wrong = join(folder, "wrong");
  await writeFile(right, "open-sesame\n");
  await writeFile(wrong, "close-sesame\n");
  const set = (file: string) =>
    runCommand(["route", "set", "10.0.0.2", game, "--relay", relay.url, "--token-file", file]);
  const refused = await set(wrong);
  expect(refused.code).toBe(3);
  expect(refused.stderr).not.toContain("sesame");
  expect((await set(right)).code).toBe(0);
});

test("without a relay the command says how to name one", async () => {
  const { code, stderr } = await runCommand(["route", "list"]);
  expect(code).toBe(2);
  expect(stderr).toBe(
    "potassium: no relay is named: give --relay URL or set POTASSIUM_RELAY. See potassium route list --help.\n",
  );
});

test("a relay that is not there is told with exit code 5", async () => {
  const gone = await startRelay();
  await gone.close();
  const { code, stdout } = await runCommand([
    "route",
    "list",
    "--json",
    "--relay",
    gone.url,
    "--retries",
    "0",
  ]);
  expect(code).toBe(5);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: "UNAVAILABLE", exitCode: 5 } });
});
