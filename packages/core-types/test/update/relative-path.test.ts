import { expect, test } from "vitest";
import { RelativePath, relativePathProblem } from "../../src/index.js";
import { schemaTable } from "../schema-table.js";

const devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];
const numbered = ["COM", "LPT"].flatMap((name) =>
  [..."0123456789¹²³"].map((digit) => `${name}${digit}`),
);

/** The attacks that an applier must refuse, by kind. */
const attacks: Readonly<Record<string, readonly string[]>> = {
  "segments that lead elsewhere": ["..", ".", "../a", "a/..", "a/../b", "./a", "a/.", "a/./b"],
  "empty segments": ["", "/", "a/", "/a", "a//b", "//a"],
  "absolute paths and drives": ["/etc/passwd", "C:x", "C:/x", "c:\\x", "C:", "a/C:evil"],
  "network and device paths": ["\\\\srv\\s", "\\\\?\\C:\\x", "\\\\.\\pipe\\x", "//srv/s"],
  backslashes: ["a\\b", "..\\a", "\\", "a\\"],
  "streams and URLs": ["x:y", "game.exe:hidden", "file::$DATA", "http://a/b", "file:///etc"],
  "control characters": ["a\0", "a\0.txt", "a\nb", "a\rb", "a\tb", "\u0001", "\u001f", "\u007f"],
  "characters that Windows has no files of": ["a<b", "a>b", 'a"b', "a|b", "a?b", "a*b"],
  "halves of characters": ["\ud800", "a\udc00b", "\udc00\ud800"],
  "dots and blanks at an end": ["a.", "a ", "a. ", "a...", "a /b", "a./b", " ", "b/ "],
  devices: [...devices, ...numbered],
  "devices in lower case": [...devices, ...numbered].map((name) => name.toLowerCase()),
  "devices with an extension": [...devices, ...numbered].map((name) => `${name}.txt`),
  "devices with a blank before the extension": ["CON .txt", "nul  .tar.gz", "COM1 .x"],
  "devices in a folder": ["a/con", "nul/a", "a/Aux.c/b"],
  "short names": ["GAME~1", "GAME~1.EXE", "a/PROGRA~2/b", "x~9"],
  "decomposed characters": ["e\u0301", "a/A\u030a", "\u212b", "\u1100\u1161"],
  "a segment that is too long": ["x".repeat(256), `a/${"é".repeat(128)}`],
  "a path that is too long": [Array.from({ length: 5 }, () => "x".repeat(250)).join("/")],
  "too many segments": [Array.from({ length: 65 }, () => "a").join("/")],
};

for (const [kind, paths] of Object.entries(attacks)) {
  test(`relativePathProblem finds ${kind}`, () => {
    for (const path of paths) {
      expect(relativePathProblem(path), JSON.stringify(path)).toEqual(expect.any(String));
    }
  });
}

const fine = [
  "game.exe",
  "data/levels/1.pak",
  ".hidden",
  "..a",
  "a..b",
  "a b/c d",
  " a",
  "-rf",
  "--help",
  "é/Å/가",
  "游戏/🎮.bin",
  "CONSOLE",
  "con1",
  "COM",
  "com10",
  "a.con",
  "nul_",
  "aux-1.txt",
  "a~b",
  "~",
  "~a",
  "$HOME",
  "%PATH%",
  "a'b`c;d&e",
  "__proto__",
  "x".repeat(255),
  Array.from({ length: 64 }, () => "a").join("/"),
];

test("relativePathProblem has nothing against names that every system takes", () => {
  for (const path of fine) expect(relativePathProblem(path), path).toBeUndefined();
});

schemaTable("RelativePath", RelativePath, {
  accepts: ["data/levels/1.pak"],
  rejects: [
    ["../a", ""],
    ["", ""],
    [7, ""],
  ],
});
