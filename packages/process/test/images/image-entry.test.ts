import { expect, test } from "vitest";
import { findImage, parseImages } from "../../src/images/image-entry.js";
import { inheritedVariables } from "../../src/images/inherited-variables.js";

test.each([
  [null, "images"],
  [[], "images"],
  [{ a: null }, "images.a"],
  [{ a: {} }, "images.a.command"],
  [{ a: { command: [] } }, "images.a.command"],
  [{ a: { command: [""] } }, "images.a.command[0]"],
  [{ a: { command: ["a\0b"] } }, "images.a.command[0]"],
  [{ a: { command: ["x"], defaultArguments: [1] } }, "images.a.defaultArguments[0]"],
  [{ a: { command: ["x"], workingDirectory: "relative" } }, "images.a.workingDirectory"],
  [{ a: { command: ["x"], environment: { "A B": "1" } } }, 'images.a.environment["A B"]'],
  [{ a: { command: ["x"], comand: [] } }, "images.a.comand"],
])("a catalogue of %j is refused at %s", (images, field) => {
  expect(() => parseImages(images)).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", field }),
  );
});

test("a complete entry is taken as it is, and later changes of it change nothing", () => {
  const entry = {
    command: ["node", "x.js"] as [string, string],
    defaultArguments: [] as string[],
    workingDirectory: "/srv",
    environment: { A: "1" },
  };
  const images = parseImages({ game: entry });
  expect(images.get("game")).toEqual(entry);
  entry.command[1] = "y.js";
  expect(images.get("game")?.command[1]).toBe("x.js");
});

test("an unknown image is IMAGE_NOT_FOUND with the names of those there are", () => {
  const images = parseImages({ lobby: { command: ["a"] }, toString: { command: ["b"] } });
  expect(() => findImage(images, "loby")).toThrow(
    expect.objectContaining({
      code: "IMAGE_NOT_FOUND",
      message: expect.stringMatching(/"loby".*"lobby", "toString"/),
    }),
  );
  expect(() => findImage(parseImages({}), "constructor")).toThrow("none");
});

test("a server inherits what is named, in any case, and the marks of the servers around it", () => {
  const environment = {
    PATH: "/bin",
    Path2: "x",
    SystemRoot: "C:",
    TOKEN: "secret",
    POTASSIUM_SERVER_ab: "1",
  };
  expect(inheritedVariables(environment, ["PATH", "SYSTEMROOT"])).toEqual({
    PATH: "/bin",
    SystemRoot: "C:",
    POTASSIUM_SERVER_ab: "1",
  });
});
