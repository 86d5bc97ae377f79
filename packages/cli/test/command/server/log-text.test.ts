import { expect, test } from "vitest";
import { logText } from "../../../src/command/server/log-text.js";

test("a line keeps its colours, which end with it", () => {
  expect(logText("\u001b[1;31mbad\u001b[0m day")).toBe("\u001b[1;31mbad\u001b[0m day\u001b[0m");
  expect(logText("plain")).toBe("plain");
});

test("what could move a terminal's cursor, or name its window, becomes question marks", () => {
  const hostile = "\u001b[2J\u001b[1;1H\u001b]0;owned\u0007\r\u001b[31mx\u009b31m";
  expect(logText(hostile)).toBe("?[2J?[1;1H?]0;owned??\u001b[31mx?31m\u001b[0m");
});
