import { spawnSync } from "node:child_process";
import { chmod, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Shell, shellScripts } from "../../../src/command/completion/shell-scripts.js";
import { bin } from "../../support/bin.js";
import { runCommand } from "../../support/run-command.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const folder = await temporaryFolder();

beforeAll(async () => {
  await writeFile(
    join(folder, "potassium"),
    `#!/bin/sh\nexec "${process.execPath}" "${bin}" "$@"\n`,
  );
  await chmod(join(folder, "potassium"), 0o755);
  await writeFile(join(folder, "game.hdiff"), "");
});

const quoted = (words: readonly string[]): string =>
  words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");

/** Has each shell complete the last of the words, by its script. */
const programs: Readonly<Record<Shell, (words: readonly string[]) => readonly string[]>> = {
  bash: (words) => [
    "-c",
    `eval "$(potassium completion bash)"
    COMP_WORDS=(${quoted(words)})
    COMP_CWORD=${words.length - 1}
    _potassium
    printf '%s\\n' "\${COMPREPLY[@]}"`,
  ],
  // Its completion system needs a terminal: what it would be given is printed.
  zsh: (words) => [
    "-f",
    "-c",
    `compdef() { : }
    _describe() { print -l -- "\${(@)found%%:*}" }
    _files() { print -l -- *(N) }
    eval "$(potassium completion zsh)"
    words=(${quoted(words)})
    CURRENT=${words.length}
    _potassium`,
  ],
  fish: (words) => [
    "--no-config",
    "-c",
    `potassium completion fish | source; complete -C ${quoted([words.join(" ")])}`,
  ],
};

/** Whether that shell is there; where `POTASSIUM_REQUIRE` names it, it must be. */
function hasShell(shell: Shell): boolean {
  if (spawnSync(shell, ["--version"]).status === 0) return true;
  const text = `no ${shell}: its completion is not tested`;
  if ((process.env["POTASSIUM_REQUIRE"] ?? "").split(",").includes(shell)) throw new Error(text);
  // biome-ignore lint/suspicious/noConsole: a test that is left out must be seen.
  console.warn(`SKIPPED: ${text}`);
  return false;
}

describe.each(Object.keys(shellScripts) as Shell[])("%s", (shell) => {
  test("gets its script by potassium completion", async () => {
    expect(await runCommand(["completion", shell])).toEqual(
      expect.objectContaining({ code: 0, stdout: shellScripts[shell] }),
    );
  });

  test.runIf(process.platform !== "win32" && hasShell(shell))("completes words, and paths", () => {
    expect(completed("update", "re")).toEqual(["recover", "repair"]);
    expect(completed("diff", "create", "--effort", "")).toEqual(["balanced", "fast", "smallest"]);
    // bash completes paths by itself, where the script knows nothing.
    const paths = shell === "bash" ? [] : ["game.hdiff"];
    expect(completed("diff", "inspect", "ga")).toEqual(paths);
  });

  function completed(...words: readonly string[]): readonly string[] {
    const { stdout, stderr } = spawnSync(shell, [...programs[shell](["potassium", ...words])], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, HOME: folder, PATH: `${folder}${delimiter}${process.env["PATH"]}` },
    });
    expect(stderr).toBe("");
    const found = stdout.split("\n").map((text) => text.split("\t")[0]?.trim() ?? "");
    return found.filter((word) => word !== "" && word !== "potassium").sort();
  }
});
