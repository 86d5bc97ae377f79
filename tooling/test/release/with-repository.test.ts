import { expect, test } from "vitest";
import { withRepository } from "../../release/with-repository.mjs";

test("a package.json gets the repository that it is released from, and keeps all else", () => {
  const json = '{ "name": "@potassium/relay", "version": "0.1.0" }';
  const written = withRepository(json, "somebody/potassium", "packages/relay");
  expect(JSON.parse(written)).toEqual({
    name: "@potassium/relay",
    version: "0.1.0",
    repository: {
      type: "git",
      url: "git+https://github.com/somebody/potassium.git",
      directory: "packages/relay",
    },
  });
});

test.each(["", "potassium", "a/b/c", "a/b c", "https://github.com/a/b"])(
  "what is no repository of GitHub is refused: %j",
  (repository) => {
    expect(() => withRepository("{}", repository, "packages/relay")).toThrow(TypeError);
  },
);
