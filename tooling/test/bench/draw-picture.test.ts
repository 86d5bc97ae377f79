import { expect, test } from "vitest";
import { drawPicture } from "../../bench/picture/draw-picture.ts";
import type { BenchResult } from "../../bench/report.ts";

const row: BenchResult = {
  ...{ case: "list of 100", metric: "time", unit: "ms", peer: "dockerode" },
  ...{ value: 21.14, peerValue: 63.9, ratio: 0.33 },
};

/** The bars of a picture: class, left end and width. */
function barsOf(picture: string) {
  const found = picture.matchAll(/<rect class="(\w+)" x="([\d.]+)" .*? width="([\d.]+)"/g);
  return [...found].map(([, verdict, x, width]) => ({
    verdict,
    x: Number(x),
    width: Number(width),
  }));
}

test("a bar leads from 1 to the ratio, leftwards where ours is less and rightwards where it is more", () => {
  const [less, more] = barsOf(
    drawPicture("docker", [
      { ...row, ratio: 0.5 },
      { ...row, ratio: 2 },
    ]),
  );
  expect(less?.width).toBe(more?.width);
  expect((less?.x ?? 0) + (less?.width ?? 0)).toBeCloseTo(more?.x ?? 0, 0);
});

test("what is beyond the ends is drawn up to them and told in figures", () => {
  const picture = drawPicture("registry", [
    { ...row, ratio: 16 },
    { ...row, ratio: 9_000 },
    { ...row, ratio: null },
  ]);
  const [atEnd, beyond, infinite] = barsOf(picture);
  expect(beyond).toEqual(atEnd);
  expect(infinite).toEqual(atEnd);
  expect(picture).toContain(">9000 ×<");
  expect(picture).toContain(">∞ ×<");
});

test("rows of one metric stand below its name, in their order", () => {
  const size = { ...row, metric: "size", unit: "kB" };
  const picture = drawPicture("docker", [row, size, { ...row, case: "exec" }]);
  const heads = [...picture.matchAll(/class="head".*?>(\w+)</g)].map(([, name]) => name);
  expect(heads).toEqual(["time", "size"]);
  const cases = [...picture.matchAll(/<text x="8".*?>(.*?)</g)].map(([, name]) => name);
  expect(cases).toEqual(["list of 100", "exec", "list of 100"]);
});

test("it has a title and all rows in words, for those who can't see it", () => {
  const picture = drawPicture("docker", [row]);
  expect(picture).toContain('role="img" aria-labelledby="title description"');
  expect(picture).toContain(
    '<desc id="description">list of 100, time: ours 21.1 ms, dockerode 63.9 ms, ratio 0.33.</desc>',
  );
});

test("names are text and never markup", () => {
  const picture = drawPicture("a<b", [{ ...row, case: '<script>"&', peer: "x > y" }]);
  expect(picture).not.toContain("<script>");
  expect(picture).toContain("&lt;script&gt;&quot;&amp;");
});

test("it is readable on dark and on light, with nothing from elsewhere", () => {
  const picture = drawPicture("docker", [row]);
  expect(picture).toContain("prefers-color-scheme:dark");
  expect(picture.replace("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:|url\(|@import/);
});
