const names: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Text as it is written into XML. */
export function xmlText(text: string): string {
  return text.replace(/[&<>"]/g, (character) => names[character] ?? character);
}
