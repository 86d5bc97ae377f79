import { printable } from "./printable.js";

/**
 * Text in columns under titles, with a line's end at the end. Cells are shown as they are but for control characters.
 *
 * @param columns titles; those that begin with `>` stand to the right, as numbers should.
 */
export function table(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  emphasise: (text: string) => string = (text) => text,
): string {
  const right = columns.map((title) => title.startsWith(">"));
  const titles = columns.map((title) => title.replace(/^>/, ""));
  const cells = rows.map((row) => row.map((cell) => printable(cell).replace(/[\t\n]/g, " ")));
  const widths = titles.map((title, index) =>
    Math.max(...[title, ...cells.map((row) => row[index] ?? "")].map(width)),
  );
  const line = (row: readonly string[]) =>
    titles
      .map((_, index) => {
        const cell = row[index] ?? "";
        const room = " ".repeat((widths[index] ?? 0) - width(cell));
        return right[index] === true ? room + cell : cell + room;
      })
      .join("  ")
      .trimEnd();
  return `${[emphasise(line(titles)), ...cells.map(line)].join("\n")}\n`;
}

const segmenter = new Intl.Segmenter();

/** In characters as people count them. */
const width = (text: string): number =>
  /^[ -~]*$/.test(text) ? text.length : [...segmenter.segment(text)].length;
