/** A metric as the text format has it. */
export interface ParsedFamily {
  readonly type: string;
  readonly help: string;
  /** The value by the labels, in their order: `{"direction":"toPlayer"}`. */
  readonly samples: ReadonlyMap<string, number>;
}

const name = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const pair = String.raw`([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"`;
const helpLine = new RegExp(String.raw`^# HELP (${name}) ((?:[^\\\n]|\\[\\n])*)$`);
const typeLine = new RegExp(`^# TYPE (${name}) (counter|gauge|histogram|summary|untyped)$`);
const sampleLine = new RegExp(String.raw`^(${name})(?:\{(${pair}(?:,${pair})*)\})? (\S+)$`);

/**
 * Reads what it may only be by the rules: each metric in one piece with one HELP and one TYPE before its
 * samples, no sample twice, a newline at the end.
 *
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function parseExposition(text: string): ReadonlyMap<string, ParsedFamily> {
  if (!text.endsWith("\n")) throw new Error("the last line has no end");
  const families = new Map<string, { type: string; help: string; samples: Map<string, number> }>();
  let current = "";
  for (const line of text.slice(0, -1).split("\n")) {
    const [, helpName, help = ""] = helpLine.exec(line) ?? [];
    const [, typeName, type = ""] = typeLine.exec(line) ?? [];
    if (helpName !== undefined) {
      if (families.has(helpName)) throw new Error(`${helpName} comes twice`);
      families.set(helpName, { type: "", help: unescaped(help), samples: new Map() });
      current = helpName;
    } else if (typeName !== undefined) {
      const family = families.get(typeName);
      if (typeName !== current || family?.type !== "") throw new Error(`misplaced: ${line}`);
      family.type = type;
    } else addSample(line, current, families.get(current));
  }
  return families;
}

function addSample(
  line: string,
  current: string,
  family: { readonly type: string; readonly samples: Map<string, number> } | undefined,
): void {
  const match = sampleLine.exec(line);
  const value = Number(match?.at(-1));
  if (match?.[1] !== current || Number.isNaN(value)) throw new Error(`no sample: ${line}`);
  if (family === undefined || family.type === "") throw new Error(`${current} has no TYPE`);
  const pairs = (match[2] ?? "").matchAll(new RegExp(pair, "g"));
  const labels: Record<string, string> = {};
  for (const [, label = "", text = ""] of pairs) {
    if (label in labels) throw new Error(`${label} comes twice: ${line}`);
    labels[label] = unescaped(text);
  }
  const key = JSON.stringify(labels);
  if (family.samples.has(key)) throw new Error(`comes twice: ${line}`);
  family.samples.set(key, value);
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, escaped: string) => (escaped === "n" ? "\n" : escaped));
}
