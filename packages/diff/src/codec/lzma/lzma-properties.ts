/** How a stream of LZMA looks at what came before. */
export interface LzmaProperties {
  /** lc: how many high bits of the byte before choose a literal's chances. 0 to 8. */
  readonly literalContextBits: number;
  /** lp: how many low bits of the position do so. 0 to 4. */
  readonly literalPositionBits: number;
  /** pb: how many low bits of the position choose the other chances. 0 to 4. */
  readonly positionBits: number;
}

/** Reads the byte (pb * 5 + lp) * 9 + lc. `undefined` where it is none. */
export function lzmaProperties(byte: number): LzmaProperties | undefined {
  if (byte >= 9 * 5 * 5) return undefined;
  return {
    literalContextBits: byte % 9,
    literalPositionBits: Math.trunc(byte / 9) % 5,
    positionBits: Math.trunc(byte / 45),
  };
}
