/** What the fixtures hold: words, numbers and runs, the same on every machine. */
export function sampleContent(sizeBytes: number): Uint8Array {
  const content = new Uint8Array(sizeBytes);
  let seed = 1;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.trunc((seed / 2 ** 32) * below);
  };
  for (let at = 0; at < sizeBytes; ) {
    const length = 1 + random(40);
    const kind = random(8);
    for (let index = 0; index < length && at < sizeBytes; index++, at++) {
      if (kind === 0) content[at] = random(256);
      else if (kind === 1) content[at] = 0;
      else if (kind < 5 && at > 3000) content[at] = content[at - 1000 - length * 7] as number;
      else content[at] = 97 + random(kind);
    }
  }
  return content;
}
