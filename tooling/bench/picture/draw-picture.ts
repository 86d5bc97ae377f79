import type { BenchResult } from "../report.js";
import { isMoreBetter, judgeRatio } from "./judge-ratio.js";
import { marks, ratioPlace } from "./ratio-place.js";
import { xmlText } from "./xml-text.js";

const width = 860;
/** Where the bars begin, and how far they reach. */
const bars = { left: 330, width: 288 };
const rowHeight = 36;
const headHeight = 34;
/** A longer text would run into the bars. */
const longest = 46;

// A picture in a page has no part in the page's colours: it asks the system for dark or light itself.
const style = `text{font:12px system-ui,-apple-system,"Segoe UI",sans-serif;fill:#1f2328}
.quiet{fill:#59636e;font-size:11px}.head{font-weight:600;font-size:13px}.end{text-anchor:end}.middle{text-anchor:middle}
line{stroke:#d1d9e0}line.one{stroke:#59636e}
.better{fill:#1a7f37}.worse{fill:#bc4c00}.even{fill:#818b98}
@media (prefers-color-scheme:dark){text{fill:#f0f6fc}.quiet{fill:#9198a1}line{stroke:#3d444d}line.one{stroke:#9198a1}
.better{fill:#3fb950}.worse{fill:#f0883e}.even{fill:#9198a1}}`;

/**
 * The results of a suite as a picture (SVG): a bar for each row, from 1, where ours is as the peer, to its ratio, to a
 * logarithmic scale. Its words are in the picture's description too, for those who can't see it.
 */
export function drawPicture(suite: string, results: readonly BenchResult[]): string {
  const metrics = new Set(results.map(({ metric }) => metric));
  let top = 8;
  const parts: string[] = [];
  for (const metric of metrics) {
    const rows = results.filter((row) => row.metric === metric);
    parts.push(...heading(metric, rows, top));
    top += headHeight;
    for (const row of rows) {
      parts.push(...bar(row, top));
      top += rowHeight;
    }
    top += 10;
  }
  const title = `Benchmark ${suite}: Potassium beside its peers`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${top}" role="img" aria-labelledby="title description">`,
    `<title id="title">${xmlText(title)}</title>`,
    `<desc id="description">${xmlText(results.map(inWords).join(" "))}</desc>`,
    `<style>${style}</style>`,
    ...parts,
    "</svg>\n",
  ].join("\n");
}

function heading(metric: string, rows: readonly BenchResult[], top: number): string[] {
  const [{ unit } = { unit: "" }] = rows;
  const bottom = top + headHeight + rows.length * rowHeight;
  const wanted = isMoreBetter(unit) ? "more is better" : "less is better";
  return [
    `<text class="head" x="8" y="${top + 14}">${xmlText(metric)}</text>`,
    `<text class="quiet" x="8" y="${top + 28}">ours over the peer's; ${wanted}</text>`,
    ...marks.flatMap((mark) => {
      const x = place(mark);
      const name = mark < 1 ? `1/${1 / mark}` : String(mark);
      return [
        `<line${mark === 1 ? ' class="one"' : ""} x1="${x}" x2="${x}" y1="${top + 18}" y2="${bottom}"/>`,
        `<text class="quiet middle" x="${x}" y="${top + 13}">${name} ×</text>`,
      ];
    }),
  ];
}

function bar(row: BenchResult, top: number): string[] {
  const [from, to] = [place(1), place(row.ratio)].toSorted((a, b) => a - b) as [number, number];
  const verdict = judgeRatio(row);
  return [
    `<g><title>${xmlText(inWords(row))}</title>`,
    `<text x="8" y="${top + 15}">${xmlText(cut(row.case))}</text>`,
    `<text class="quiet" x="8" y="${top + 29}">${xmlText(cut(`beside ${row.peer}`))}</text>`,
    `<rect class="${verdict}" x="${from}" y="${top + 6}" width="${Math.max(to - from, 2).toFixed(1)}" height="20" rx="2"/>`,
    `<text class="end" x="${width - 160}" y="${top + 20}">${ratioText(row)} ×</text>`,
    `<text class="quiet" x="${width - 145}" y="${top + 15}">ours ${xmlText(amount(row.value, row.unit))}</text>`,
    `<text class="quiet" x="${width - 145}" y="${top + 29}">peer ${xmlText(amount(row.peerValue, row.unit))}</text></g>`,
  ];
}

function inWords(row: BenchResult): string {
  const ours = amount(row.value, row.unit);
  return `${row.case}, ${row.metric}: ours ${ours}, ${row.peer} ${amount(row.peerValue, row.unit)}, ratio ${ratioText(row)}.`;
}

function ratioText({ ratio }: BenchResult): string {
  return ratio === null ? "∞" : String(ratio);
}

function amount(value: number, unit: string): string {
  return `${Number(value.toPrecision(3)).toLocaleString("en")} ${unit}`.trim();
}

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

function place(ratio: number | null): number {
  return Number((bars.left + ratioPlace(ratio) * bars.width).toFixed(1));
}
