/** A code block of a README that says which part of which file it shows. */
export interface Snippet {
  readonly file: string;
  readonly region: string;
  readonly code: string;
}

const marked = /<!-- from (\S+)#(\S+) -->\n```ts\n([\s\S]*?)```/g;

/** The marked TypeScript blocks of a README. */
export function snippetsOf(markdown: string): readonly Snippet[] {
  return [...markdown.matchAll(marked)].map(([, file = "", region = "", code = ""]) => ({
    file,
    region,
    code,
  }));
}

/** How many TypeScript blocks a README has, marked or not. */
export function countBlocks(markdown: string): number {
  return [...markdown.matchAll(/^```(?:ts|typescript|js)$/gm)].length;
}

/** The lines between `// #region NAME` and `// #endregion` of a file, moved to the left margin. */
export function regionOf(source: string, region: string): string | undefined {
  const match = new RegExp(
    `^[ \\t]*// #region ${region}\\n([\\s\\S]*?)^[ \\t]*// #endregion`,
    "m",
  ).exec(source);
  const lines = match?.[1]?.split("\n");
  if (lines === undefined) return undefined;
  const indents = lines
    .filter((line) => line.trim() !== "")
    .map((line) => /^ */.exec(line)?.[0].length ?? 0);
  const margin = Math.min(...indents);
  return lines.map((line) => line.slice(margin)).join("\n");
}
