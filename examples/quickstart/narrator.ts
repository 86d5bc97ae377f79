import { styleText } from "node:util";

const started = performance.now();
const coloured = process.stdout.isTTY && process.env["NO_COLOR"] === undefined;
const paint = (style: Parameters<typeof styleText>[0], text: string) =>
  coloured ? styleText(style, text) : text;

/** Begins a chapter of the story. */
export function chapter(title: string): void {
  console.log(`\n${paint("bold", title)}`);
}

/** Tells what was done and seen, with the time since the start. */
export function tell(text: string): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(2).padStart(6);
  console.log(`${paint("dim", `${seconds} s`)}  ${paint("green", "✓")} ${text}`);
}

/** Ends the story where what should be is not. */
export function verify(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`this should hold, and does not: ${what}`);
}
