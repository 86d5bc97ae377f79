import assert from "node:assert/strict";
import { edited, text } from "./sample-bytes.js";
import type { PatchEngineSuite } from "./suite.js";

const names: Readonly<Record<string, string>> = {
  "a dash at the front": "-f",
  "an option's name": "--help",
  blanks: " a  b ",
  "Unicode letters": "Ünïcødé 游戏 🎮",
  "decomposed Unicode": "e\u0301",
  quotes: "it's `$HOME`",
  "a percent sign": "%s%n%PATH%",
  "an at sign": "@file",

  ...(process.platform === "win32"
    ? {}
    : {
        // With the suffixes below, as long as a name can be.
        "255 characters": "x".repeat(253),
        "a line break": "a\nb",
        "a backslash": "a\\b",
        "what shells read": '*?"<>|;&',
        colons: "C:x",
      }),
};

export function testFileNames({ check }: PatchEngineSuite): void {
  for (const [what, name] of Object.entries(names)) {
    check(`files with ${what} in their names work`, async (engine, folder) => {
      await folder.makeFolder(name);
      const path = (file: string) => `${name}/${name}${file}`;
      const old = text(3_000);
      const oldPath = await folder.write(path(".o"), old);
      const wantedPath = await folder.write(path(".w"), edited(old));
      await engine.generate(oldPath, wantedPath, folder.path(path(".p")));
      await engine.apply(oldPath, folder.path(path(".p")), folder.path(path(".n")));
      assert.ok((await folder.read(path(".n"))).equals(edited(old)));
      assert.equal(Object.keys(await folder.contents()).length, 5);
    });
  }
}
