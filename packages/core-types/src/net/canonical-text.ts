import * as z from "zod/mini";

/**
 * A text of which two spellings can mean the same: what the schema makes is canonical.
 *
 * @param canonical gives `undefined` where the text is no such thing.
 * @param what says in the message what it must be: "an IP address".
 */
export function canonicalText(canonical: (text: string) => string | undefined, what: string) {
  const transform = z.transform((text: string, { issues }): string => {
    const made = canonical(text);
    if (made !== undefined) return made;
    const message = `must be ${what}, not ${JSON.stringify(text)}`;
    issues.push({ code: "custom", message, input: text });
    return z.NEVER;
  });
  return z.pipe(z.string(), transform);
}
