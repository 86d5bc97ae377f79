import { expect, test } from "vitest";
import { socketPath } from "../../src/server/socket-path.js";

test("a supervisor listens in its server's folder where the path fits into a socket's address", () => {
  const path = `/${"a".repeat(102)}`;
  expect(socketPath("id", path, "/tmp/s", "linux")).toBe(path);
});

test("a path that is too long for macOS, in bytes, gives way to the short folder, on Linux too", () => {
  for (const path of [`/${"a".repeat(103)}`, `/${"ä".repeat(52)}`]) {
    expect(socketPath("id", path, "/tmp/s", "darwin")).toBe("/tmp/s/id");
    expect(socketPath("id", path, "/tmp/s", "linux")).toBe("/tmp/s/id");
  }
});

test("on Windows it is a pipe with the server's id, wherever its folder is", () => {
  expect(socketPath("id", "C:\\servers\\s", "C:\\s", "win32")).toBe("\\\\.\\pipe\\potassium-id");
});
