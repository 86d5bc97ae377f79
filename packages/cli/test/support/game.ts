import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { runCommand } from "./run-command.js";

/** 128 kB that nothing compresses, always the same. */
const levels = Buffer.concat(
  Array.from({ length: 4000 }, (_, index) => createHash("sha256").update(`${index}`).digest()),
);

/** Two versions of a game and what the command has built of them: all paths are absolute. */
export interface Game {
  readonly folder: string;
  readonly privateKey: string;
  readonly publicKey: string;
  readonly oldFull: string;
  readonly newFull: string;
  readonly update: string;
}

/** Builds 1.0.0 and 1.1.0 by the command itself, with so many small files that change, shipped by patches or whole. */
export async function makeGame(folder: string, files = 3, engine = "hdiff"): Promise<Game> {
  const at = (...names: string[]) => join(folder, ...names);
  for (const version of ["1.0.0", "1.1.0"]) {
    await mkdir(at(version, "data"), { recursive: true });
    await writeFile(at(version, "game.pak"), Buffer.concat([levels, Buffer.from(version)]));
    for (let index = 0; index < files; index += 1) {
      await writeFile(at(version, "data", `${index}.txt`), `${index} of ${version}`);
    }
  }
  await writeFile(at("1.0.0", "old.txt"), "goes");
  await writeFile(at("1.1.0", "new.txt"), "comes");
  await done(["update", "keygen", at("key")]);
  const sign = ["--sign", at("key.pem")];
  const oldFull = at("full-1.0.0");
  await done(["update", "build", at("1.0.0"), oldFull, "--to-version", "1.0.0", ...sign]);
  const game: Game = {
    folder,
    privateKey: at("key.pem"),
    publicKey: at("key.pub"),
    oldFull,
    newFull: at("full-1.1.0"),
    update: at("update-1.1.0"),
  };
  const versions = ["--from-version", "1.0.0", "--to-version", "1.1.0"];
  const places = [at("1.1.0"), game.update, "--from", at("1.0.0"), "--full", game.newFull];
  await done(["update", "build", ...places, ...versions, ...sign, "--engine", engine]);
  return game;
}

/** Runs a command line that must succeed; gives its JSON. */
export async function done(argv: readonly string[]): Promise<unknown> {
  const { code, stdout } = await runCommand([...argv, "--json"]);
  expect(code, stdout).toBe(0);
  return JSON.parse(stdout);
}
