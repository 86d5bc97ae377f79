/** The second in which a moment lies, since 1970: engines keep finer times to themselves, or have none. */
export function wholeSeconds(moment: string | undefined): number | undefined {
  return moment === undefined ? undefined : Math.floor(Date.parse(moment) / 1000);
}

/** Compares moments of which one may have nanoseconds. */
export function isBefore(one: string, other: string): boolean {
  const order = Date.parse(one) - Date.parse(other);
  return order === 0 ? fraction(one) < fraction(other) : order < 0;
}

function fraction(moment: string): number {
  return Number(`0${/\.\d+/.exec(moment)?.[0] ?? ""}`);
}
