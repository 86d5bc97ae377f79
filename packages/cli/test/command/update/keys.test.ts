import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { folderSource, openKeys, verifySignatures } from "@potassium/manifest";
import { expect, test } from "vitest";
import { done } from "../../support/game.js";
import { runCommand } from "../../support/run-command.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const folder = await temporaryFolder();
const at = (name: string) => join(folder, name);

interface Made {
  readonly publicKey: string;
  readonly privateKeyFile: string;
  readonly publicKeyFile: string;
}
const keygen = (name: string) => done(["update", "keygen", at(name)]) as Promise<Made>;

test("keygen writes a private key that only this user can read, and prints nothing of it", async () => {
  const { stdout, stderr } = await runCommand(["update", "keygen", at("shown")]);
  const secret = await readFile(at("shown.pem"), "utf8");
  const [, middle = ""] = secret.split("\n");
  expect(middle.length).toBeGreaterThan(40);
  expect(stdout + stderr).not.toContain(middle);
  expect(stdout).toContain((await readFile(at("shown.pub"), "utf8")).trim());
  if (process.platform !== "win32") expect((await stat(at("shown.pem"))).mode & 0o777).toBe(0o600);
});

test("keygen never overwrites a key, and leaves no half of a pair", async () => {
  await keygen("kept");
  const before = await readFile(at("kept.pem"), "utf8");
  expect((await runCommand(["update", "keygen", at("kept")])).code).toBe(3);
  expect(await readFile(at("kept.pem"), "utf8")).toBe(before);
  await writeFile(at("half.pub"), "somebody's");
  expect((await runCommand(["update", "keygen", at("half")])).code).toBe(3);
  await expect(stat(at("half.pem"))).rejects.toThrow("ENOENT");
});

test("sign signs a manifest with each key, and with that of POTASSIUM_SIGNING_KEY", async () => {
  const [one, two] = [await keygen("one"), await keygen("two")];
  await writeFile(at("file.txt"), "content");
  await done([
    "update",
    "build",
    folder,
    `${folder}-built`,
    "--to-version",
    "1",
    "--ignore",
    "*.pem",
  ]);
  const manifest = join(`${folder}-built`, "manifest.json");
  const secret = await readFile(two.privateKeyFile, "utf8");
  const argv = ["update", "sign", `${folder}-built`, "--sign", one.privateKeyFile];
  const { code } = await runCommand(argv, { env: { POTASSIUM_SIGNING_KEY: secret } });
  expect(code).toBe(0);
  const trust = { keys: [one.publicKey, two.publicKey], threshold: 2 };
  const signed = verifySignatures(
    await readFile(manifest),
    await readFile(`${manifest}.sig`),
    trust,
  );
  expect(signed).toHaveLength(2);
});

test("sign refuses what is no manifest, and a public key", async () => {
  const { privateKeyFile, publicKeyFile } = await keygen("three");
  await writeFile(at("manifest.json"), "{}");
  const refused = await runCommand(["update", "sign", folder, "--sign", privateKeyFile]);
  expect(refused.code).toBe(3);
  await expect(stat(at("manifest.json.sig"))).rejects.toThrow("ENOENT");
  const wrong = await runCommand(["update", "sign", `${folder}-built`, "--sign", publicKeyFile]);
  expect(wrong.code).toBe(2);
  expect((await runCommand(["update", "sign", folder])).code).toBe(2);
});

test("a private key that is given as a public one is refused, and nothing of it is printed", async () => {
  const { privateKeyFile } = await keygen("mistaken");
  const trusted = ["update", "verify", folder, `${folder}-built`, "--key", privateKeyFile];
  const listed = ["update", "keys", folder, "--sequence", "1", "--key", privateKeyFile];
  for (const argv of [trusted, [...listed, "--sign", privateKeyFile]]) {
    expect(await runCommand(argv)).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringMatching(
        /^potassium: --key: .*mistaken\.pem is a private key: give the \.pub\.\n$/,
      ),
    });
  }
});

test("keys writes a list that launchers take the new key from", async () => {
  const [old, next] = [await keygen("old"), await keygen("next")];
  await done([
    ...["update", "keys", folder, "--key", next.publicKeyFile],
    ...["--sequence", "4", "--sign", old.privateKeyFile],
  ]);
  const trust = await openKeys(folderSource(folder), { keys: [old.publicKey] });
  expect(trust).toEqual({ keys: [next.publicKey], threshold: 1, sequence: 4 });
  // And the command trusts by it.
  await writeFile(at("trust.json"), JSON.stringify(trust));
  const argv = ["update", "apply", at("game"), `${folder}-built`, "--trust", at("trust.json")];
  expect((await runCommand(argv)).code).toBe(3);
  await done(["update", "sign", `${folder}-built`, "--sign", next.privateKeyFile]);
  expect((await runCommand(argv)).code).toBe(0);
});

test("a key's own text in the place of its file's path is refused, and no word says it", async () => {
  const { privateKeyFile } = await keygen("text");
  const secret = await readFile(privateKeyFile, "utf8");
  const [, middle = ""] = secret.split("\n");
  for (const argv of [
    ["sign", folder, "--sign", secret],
    ["apply", at("nowhere"), folder, "--key", secret],
  ]) {
    const { code, stdout, stderr } = await runCommand(["update", ...argv, "--verbose"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("give its path, not its text");
    expect(stderr).not.toContain(middle);
  }
});

test("keys names the option of what it refuses", async () => {
  const { privateKeyFile, publicKeyFile } = await keygen("named");
  const refused = async (key: string, ...argv: readonly string[]) => {
    const line = ["update", "keys", folder, "--key", key, "--sequence", "1", ...argv, "--json"];
    const { stdout } = await runCommand([...line, "--sign", privateKeyFile]);
    return JSON.parse(stdout).error.option;
  };
  expect(await refused(publicKeyFile, "--threshold", "4")).toBe("--threshold");
  expect(await refused(privateKeyFile)).toBe("--key");
});
