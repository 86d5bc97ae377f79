import { expect, test } from "vitest";
import { splitImage } from "../../src/image/ensure-image.js";

test.each([
  ["game", "game", "latest", "docker.io"],
  ["game:1.2", "game", "1.2", "docker.io"],
  ["team/game", "team/game", "latest", "docker.io"],
  ["registry:5000/team/game", "registry:5000/team/game", "latest", "registry:5000"],
  ["registry:5000/team/game:1.2", "registry:5000/team/game", "1.2", "registry:5000"],
  ["registry.example.com/game", "registry.example.com/game", "latest", "registry.example.com"],
  ["localhost/game:1", "localhost/game", "1", "localhost"],
  ["game@sha256:ab", "game", "sha256:ab", "docker.io"],
  ["r.example/game:1@sha256:ab", "r.example/game", "sha256:ab", "r.example"],
])("%s is %s with the tag %s at %s", (image, name, tag, registry) => {
  expect(splitImage(image)).toEqual({ name, tag, registry });
});
