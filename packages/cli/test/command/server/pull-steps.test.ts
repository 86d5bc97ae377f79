import { expect, test } from "vitest";
import { PullSteps } from "../../../src/command/server/pull-steps.js";

const image = "example.com/game:1";

test("the layers of an image are added up, each as it was told last", () => {
  const steps = new PullSteps();
  const told = (layer: string, doneBytes: number, totalBytes: number) =>
    steps.add({ image, status: "Downloading", layer, doneBytes, totalBytes });
  expect(told("a", 10, 100)).toEqual({ phase: "pull", done: 10, total: 100, unit: "bytes" });
  expect(told("b", 5, 50)).toMatchObject({ done: 15, total: 150 });
  expect(told("a", 100, 100)).toMatchObject({ done: 105, total: 150 });
});

test("what tells no sizes gives no step", () => {
  expect(new PullSteps().add({ image, status: "Pulling fs layer", layer: "a" })).toBeUndefined();
});
