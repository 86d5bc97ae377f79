import { createHash } from "node:crypto";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { done, type Game, makeGame } from "../../support/game.js";
import { runCommand } from "../../support/run-command.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const folder = await temporaryFolder();
let game: Game;
let trusted: readonly string[];
let installations = 0;

beforeAll(async () => {
  game = await makeGame(join(folder));
  trusted = ["--key", game.publicKey];
});

/** An installation of 1.0.0 of its own. */
async function install(...options: readonly string[]): Promise<string> {
  installations += 1;
  const root = join(folder, `game-${installations}`);
  await done(["update", "apply", root, game.oldFull, ...trusted, ...options]);
  return root;
}

test("apply brings an installation to the new version, and status tells it", async () => {
  const root = await install();
  const result = await done(["update", "apply", root, game.update, ...trusted]);
  expect(result).toMatchObject({ fromVersion: "1.0.0", toVersion: "1.1.0", alreadyDone: false });
  expect(await done(["update", "status", root])).toMatchObject({
    installed: { version: "1.1.0" },
    keptVersions: ["1.0.0"],
    folder: root,
  });
  const again = await runCommand(["update", "apply", root, game.update, ...trusted]);
  expect(again).toMatchObject({
    code: 0,
    stdout: "1.1.0 is installed already: nothing was to be done\n",
  });
});

test("plan says what there is to do, and writes nothing", async () => {
  const root = await install();
  const argv = ["update", "plan", root, game.update, ...trusted];
  const plan = await done(argv);
  expect(plan).toMatchObject({ blocked: [], updates: [{ source: game.update, signed: true }] });
  const { stdout } = await runCommand([...argv, "--verbose"]);
  expect(stdout).toMatch(/^download +[\d.]+ k?B$/m);
  expect(stdout).toMatch(/^write game\.pak, by patch$/m);
  expect(stdout).toMatch(/^delete old\.txt$/m);
  expect(await done(["update", "status", root])).toMatchObject({ installed: { version: "1.0.0" } });
});

test("a file that somebody changed is in the plan's way, and stops apply, with exit code 3", async () => {
  const root = await install();
  await writeFile(join(root, "game.pak"), "modified");
  const plan = await runCommand(["update", "plan", root, game.update, ...trusted]);
  expect(plan.code).toBe(3);
  expect(plan.stdout).toMatch(/^In the way:\ngame\.pak is not the file .*\(CONFLICT\)$/m);
  const apply = await runCommand(["update", "apply", root, game.update, ...trusted]);
  expect(apply.code).toBe(3);
  const hash = createHash("sha256").update("modified").digest("hex");
  expect(plan.stdout + apply.stderr).not.toContain(hash);
  expect(apply.stderr).toMatch(/ Give --replace-modified to .*, or run potassium update repair\./);
  for (const verb of ["plan", "apply"]) {
    const told = await runCommand(["update", verb, root, game.update, ...trusted, "--verbose"]);
    expect(told.stdout + told.stderr).toContain(hash);
  }
  const forced = [...trusted, "--full", game.newFull, "--replace-modified"];
  expect((await runCommand(["update", "apply", root, game.update, ...forced])).code).toBe(0);
});

test("a full update over another version remarks that the old one's own files stay", async () => {
  const root = await install();
  const left = /^a full update doesn't tell which files 1\.0\.0 alone had/;
  const argv = [root, game.newFull, ...trusted];
  expect((await runCommand(["update", "plan", ...argv])).stderr).toMatch(left);
  expect((await runCommand(["update", "apply", ...argv])).stderr).toMatch(left);
  const verify = await runCommand(["update", "verify", ...argv, "--extra"]);
  expect(verify.stdout).toMatch(/^extra +old\.txt$/m);
  const both = [await install(), game.update, "--full", game.newFull, ...trusted];
  expect((await runCommand(["update", "apply", ...both])).stderr).toBe("");
});

test("an update for an installation that isn't there asks for a full one", async () => {
  const [missing, empty] = [join(folder, "missing"), join(folder, "empty")];
  await mkdir(empty);
  for (const verb of ["plan", "apply"]) {
    for (const root of [missing, empty]) {
      const { code, stderr } = await runCommand(["update", verb, root, game.update, ...trusted]);
      expect(code).toBe(6);
      expect(stderr).toBe(
        `potassium: nothing is installed in ${root}: give a full update (update build makes one without --from, or by --full).\n`,
      );
    }
  }
});

test("verify finds what is damaged, with exit code 4, and repair mends it", async () => {
  const root = await install();
  await writeFile(join(root, "game.pak"), "damaged");
  await rm(join(root, "old.txt"));
  await writeFile(join(root, "my-save.txt"), "mine");
  const verify = ["update", "verify", root, game.oldFull, ...trusted];
  const { code, stdout } = await runCommand([...verify, "--extra"]);
  expect(code).toBe(4);
  expect(stdout).toMatch(/^modified +game\.pak$/m);
  expect(stdout).toMatch(/^missing +old\.txt$/m);
  expect(stdout).toMatch(/^extra +my-save\.txt$/m);
  await done(["update", "repair", root, game.oldFull, ...trusted]);
  const ignored = await runCommand([...verify, "--extra", "--ignore", "my-*"]);
  expect(ignored).toMatchObject({ code: 0 });
  expect(ignored.stdout).toMatch(/^1\.0\.0: all is as it should be/);
});

test("rollback comes back to the version before", async () => {
  const root = await install();
  await done(["update", "apply", root, game.update, ...trusted]);
  expect(await done(["update", "rollback", root])).toEqual({ version: "1.0.0" });
  await done(["update", "verify", root, game.oldFull, ...trusted]);
  expect((await runCommand(["update", "rollback", root])).code).toBe(6);
});

test("a first installation is taken back only where --to-nothing says so", async () => {
  const root = await install();
  const status = await runCommand(["update", "status", root]);
  expect(status.stdout).toMatch(/^kept +nothing that has a version \(a rollback removes what/m);
  for (const argv of [[], ["--to-version", ""]]) {
    const { code, stderr } = await runCommand(["update", "rollback", root, ...argv]);
    expect(code).toBe(2);
    expect(stderr).toContain("Give --to-nothing if you mean it.");
  }
  await done(["update", "verify", root, game.oldFull, ...trusted]);
  expect(await done(["update", "rollback", root, "--to-nothing"])).toEqual({ version: "" });
  await expect(stat(join(root, "game.pak"))).rejects.toThrow("ENOENT");
});

test("--to-nothing takes back no update of a version that is known", async () => {
  const root = await install();
  await done(["update", "apply", root, game.update, ...trusted]);
  expect((await runCommand(["update", "rollback", root, "--to-nothing"])).code).toBe(2);
  await done(["update", "verify", root, game.newFull, ...trusted]);
});

test("status marks a version that a repair has replaced", async () => {
  const root = await install();
  await writeFile(join(root, "game.pak"), "damaged");
  await done(["update", "repair", root, game.oldFull, ...trusted]);
  const { stdout } = await runCommand(["update", "status", root]);
  expect(stdout).toMatch(/^kept +1\.0\.0 as it was before a repair$/m);
});

test("with a folder for each version the current one's is told", async () => {
  const root = await install("--mode", "versioned");
  await done(["update", "apply", root, game.update, ...trusted, "--keep-versions", "3"]);
  const status = (await done(["update", "status", root])) as { readonly folder: string };
  expect(await readFile(join(status.folder, "new.txt"), "utf8")).toBe("comes");
  const argv = ["update", "rollback", root, "--to-version", "1.0.0"];
  expect(await done(argv)).toEqual({ version: "1.0.0" });
});

test("recover says that nothing was cut off", async () => {
  const root = await install();
  expect(await done(["update", "recover", root])).toEqual({ state: "nothing" });
});

test("an update whose journal is damaged is told by status and verify", async () => {
  const root = await install();
  await writeFile(join(root, ".potassium", "journal.json"), "damaged");
  expect(await done(["update", "status", root])).toMatchObject({ interrupted: true });
  const { stderr } = await runCommand(["update", "verify", root, game.oldFull, ...trusted]);
  expect(stderr).toMatch(
    /^cut off: an update whose journal is damaged; run potassium update repair/,
  );
});

test("recover of a folder that isn't there is exit code 6", async () => {
  const missing = join(folder, "missing");
  const { code, stderr } = await runCommand(["update", "recover", missing]);
  expect({ code, stderr }).toEqual({
    code: 6,
    stderr: `potassium: ${missing} is no folder. Check the name or path.\n`,
  });
});

test("whose signature counts must be said", async () => {
  const { code, stderr } = await runCommand(["update", "apply", join(folder, "x"), game.oldFull]);
  expect(code).toBe(2);
  expect(stderr).toContain("Give --key or --trust, or --allow-unsigned");
  const both = [...trusted, "--allow-unsigned"];
  expect(
    (await runCommand(["update", "apply", join(folder, "x"), game.oldFull, ...both])).code,
  ).toBe(2);
});

test("an update that another key has signed is refused, with exit code 3", async () => {
  const other = (await done(["update", "keygen", join(folder, "other")])) as { publicKey: string };
  const argv = ["update", "apply", join(folder, "y"), game.oldFull, "--key", other.publicKey];
  const { code, stdout } = await runCommand([...argv, "--json"]);
  expect(code).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: "BAD_SIGNATURE" } });
  await expect(stat(join(folder, "y"))).rejects.toThrow("ENOENT");
});

test("what the update must be for is insisted on", async () => {
  const argv = ["update", "apply", join(folder, "z"), game.oldFull, ...trusted];
  expect((await runCommand([...argv, "--product", "skywars"])).code).toBe(3);
});

test("an option's value that the library refuses names the option", async () => {
  const argv = ["update", "build", join(folder, "1.1.0"), join(folder, "bad"), "--to-version", ""];
  const { code, stderr } = await runCommand(argv);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^potassium: --to-version: /);
});

test("build says what it made, and that nobody signed it", async () => {
  const out = join(folder, "unsigned");
  const { code, stdout, stderr } = await runCommand([
    ...["update", "build", join(folder, "1.1.0"), out, "--from", join(folder, "1.0.0")],
    ...["--from-version", "1.0.0", "--to-version", "1.1.0", "--effort", "fast", "--sequence", "7"],
  ]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^by hdiff +\d file/m);
  expect(stdout).toMatch(/^shipped +.* instead of 128 kB$/m);
  expect(stderr).toBe("It is not signed: give --sign, or sign it by update sign.\n");
  const manifest = JSON.parse(await readFile(join(out, "manifest.json"), "utf8"));
  expect(manifest).toMatchObject({ from_version: "1.0.0", sequence: 7 });
  const root = await install();
  expect((await runCommand(["update", "apply", root, out, ...trusted])).code).toBe(3);
  await done(["update", "apply", root, out, "--allow-unsigned"]);
});

test("build says that an old update can pass for a new one without --sequence, and apply then goes back", async () => {
  const build = (version: string, ...sequence: readonly string[]) => {
    const out = join(folder, `counted-${version}${sequence.at(-1) ?? ""}`);
    const argv = ["update", "build", join(folder, version), out, "--to-version", version];
    return { out, ran: runCommand([...argv, "--sign", game.privateKey, ...sequence]) };
  };
  const [first, second] = [
    build("1.0.0", "--sequence", "1"),
    build("1.1.0", "--sequence", "2"),
  ] as const;
  expect([(await first.ran).stderr, (await second.ran).stderr]).toEqual(["", ""]);
  const uncounted = build("1.1.0");
  expect((await uncounted.ran).stderr).toBe(
    "It has no --sequence: an old update can pass for a new one.\n",
  );
  const [counted, open] = [join(folder, "counted"), join(folder, "open")];
  const apply = (root: string, update: string) =>
    runCommand(["update", "apply", root, update, ...trusted]);
  await apply(counted, second.out);
  expect((await apply(counted, first.out)).code).toBe(3);
  await apply(open, uncounted.out);
  expect((await apply(open, game.oldFull)).code).toBe(0);
});

test("options that only go together are asked for together", async () => {
  const argv = ["update", "build", "new", "out", "--to-version", "2"];
  for (const half of [
    ["--from", "old"],
    ["--from-version", "1"],
    ["--full", "full"],
  ]) {
    expect((await runCommand([...argv, ...half])).code, half.join(" ")).toBe(2);
  }
});

test("no engine and one beside it contradict each other", async () => {
  const { code, stderr } = await runCommand([
    ...["update", "build", join(folder, "1.1.0"), join(folder, "both"), "--to-version", "1.1.0"],
    ...["--from", join(folder, "1.0.0"), "--from-version", "1.0.0", "--engine", "none", "hdiff"],
  ]);
  expect(code).toBe(2);
  expect(stderr).toContain("--engine none stands alone");
});
