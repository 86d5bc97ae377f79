import { mkdir, writeFile } from "node:fs/promises";
import { root } from "../scripts/pnpm.mjs";
import { drawPicture } from "./picture/draw-picture.js";

/** One measurement of ours beside the same one of a peer, from the same run. */
export interface BenchRow {
  readonly case: string;
  readonly metric: string;
  readonly unit: string;
  readonly value: number;
  readonly peer: string;
  readonly peerValue: number;
  /** Whether the suite's picture has it; many rows would hide what counts. @default true */
  readonly isDrawn?: boolean | undefined;
}

/** A row as it is kept: `ratio` is our value over the peer's; over none it is infinite, JSON's `null`. */
export interface BenchResult extends BenchRow {
  readonly ratio: number | null;
}

/**
 * Prints the rows as a table, writes them to `bench-results/<suite>.json`, each with its `ratio`, and draws them in
 * `docs/bench/<suite>.svg`.
 */
export async function report(suite: string, rows: readonly BenchRow[]): Promise<void> {
  const results = rows.map((row) => ({ ...row, ratio: round(row.value / row.peerValue) }));
  const header = ["case", "metric", "ours", "peer", "peer's", "ratio"];
  const lines = results.map((row) => [
    row.case,
    row.metric,
    `${round(row.value)} ${row.unit}`,
    row.peer,
    `${round(row.peerValue)} ${row.unit}`,
    row.ratio.toFixed(2),
  ]);
  console.log(table([header, ...lines]));
  await mkdir(`${root}bench-results`, { recursive: true });
  const file = `bench-results/${suite}.json`;
  await writeFile(`${root}${file}`, `${JSON.stringify(results, null, 2)}\n`);
  await writePicture(suite, results);
  console.log(`\nwritten to ${file}; Node ${process.version}, ${process.platform} ${process.arch}`);
}

/** Draws what is kept of a suite in `docs/bench/<suite>.svg`. */
export async function writePicture(suite: string, results: readonly BenchResult[]): Promise<void> {
  // How many there were is no ratio.
  const drawn = results.filter(({ unit, isDrawn }) => unit !== "points" && isDrawn !== false);
  await mkdir(`${root}docs/bench`, { recursive: true });
  await writeFile(`${root}docs/bench/${suite}.svg`, drawPicture(suite, drawn));
}

/** The value in the middle, which a disturbed sample does not move. */
export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new RangeError("no samples");
  return middle;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}

function table(lines: readonly (readonly string[])[]): string {
  const widths = lines[0]?.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
