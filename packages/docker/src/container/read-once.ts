/** Longer texts are read each time, so that a few can't fill the memory. */
const maxLength = 16 * 1024;

/**
 * Remembers what texts were read as: lists bring the same ones again and again. Of more than `maxTexts` the
 * oldest are forgotten.
 *
 * @param read its result is shared by all who read the same text, so it must be frozen.
 */
export function readOnce<T>(read: (text: string) => T, maxTexts: number): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const value = read(text);
    if (text.length > maxLength) return value;
    known.set(text, value);
    const [oldest] = known.keys();
    if (known.size > maxTexts && oldest !== undefined) known.delete(oldest);
    return value;
  };
}
