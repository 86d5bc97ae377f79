/** Makes text from elsewhere safe for a terminal: control characters, which could move its cursor, become `?`. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is them that are taken out.
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "?");
}

/** The same on one line. */
export function oneLine(text: string): string {
  return printable(
    text
      .trim()
      .replace(/\s*[\r\n]+\s*/g, " ")
      .replace(/\t/g, " "),
  );
}
