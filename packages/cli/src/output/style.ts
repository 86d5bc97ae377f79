import { styleText } from "node:util";

/** Ways to show words, for people alone: what is said must be said by the words too. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
}

/** Colours where they are asked for (FORCE_COLOR) or can be seen (a terminal), and never with NO_COLOR. */
export function styleFor(
  stream: { readonly isTTY?: boolean | undefined },
  env: Readonly<Record<string, string | undefined>>,
): Style {
  const paint = (format: Parameters<typeof styleText>[0]) =>
    hasColours(stream, env)
      ? (text: string) => styleText(format, text, ...unchecked)
      : (text: string) => text;
  return {
    bold: paint("bold"),
    good: paint("green"),
    bad: paint("red"),
  };
}

/** From Node 22.13 on styleText looks at process.stdout by itself, if it isn't told not to. */
const unchecked = [{ validateStream: false }] as unknown as [];

function hasColours(
  { isTTY }: { readonly isTTY?: boolean | undefined },
  { NO_COLOR, FORCE_COLOR, TERM }: Readonly<Record<string, string | undefined>>,
): boolean {
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "") return !["0", "false"].includes(FORCE_COLOR);
  return isTTY === true && TERM !== "dumb";
}
