import { createReadStream, existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { done, type Game, makeGame } from "../../support/game.js";
import { runCommand } from "../../support/run-command.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const folder = await temporaryFolder();
let game: Game;
let server: Server;
let address: string;

beforeAll(async () => {
  game = await makeGame(folder);
  server = createServer((request, response) => {
    if (request.headers.authorization !== "Bearer a secret" && request.headers["x-key"] !== "b") {
      return void response.writeHead(401).end();
    }
    const file = join(folder, decodeURIComponent(request.url ?? ""));
    if (!existsSync(file)) return void response.writeHead(404).end();
    void pipeline(createReadStream(file), response).catch(() => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

test("an update comes from a web server, with a header of the command line", async () => {
  const argv = [
    "update",
    "apply",
    join(folder, "a"),
    `${address}/full-1.0.0/`,
    "--key",
    game.publicKey,
  ];
  await done([...argv, "--header", "X-Key: b"]);
});

test("POTASSIUM_AUTHORIZATION is sent along", async () => {
  const argv = [
    "update",
    "apply",
    join(folder, "b"),
    `${address}/full-1.0.0/`,
    "--key",
    game.publicKey,
  ];
  const env = { POTASSIUM_AUTHORIZATION: "Bearer a secret" };
  expect((await runCommand(argv, { env })).code).toBe(0);
  const { code, stderr } = await runCommand([...argv, "--retries", "0"]);
  expect(code).not.toBe(0);
  expect(stderr).not.toContain("secret");
});

test("a header that is none is refused, and not repeated: it may hold a secret", async () => {
  const argv = ["update", "apply", join(folder, "c"), `${address}/x/`, "--key", game.publicKey];
  const { code, stderr } = await runCommand([...argv, "--header", "Authorization Bearer hunter2"]);
  expect(code).toBe(2);
  expect(stderr).toContain("--header");
  expect(stderr).not.toContain("hunter2");
});
