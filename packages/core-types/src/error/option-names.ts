/**
 * The names of a type's options, for {@link parseOptions}: all of them and no others, which the compiler sees to.
 *
 * @example
 * ```ts
 * const names = optionNames<AbortOptions>({ signal: true });
 * ```
 */
export function optionNames<Options>(
  names: {
    readonly [Name in keyof Options]-?: true;
  },
): readonly string[] {
  return Object.freeze(Object.keys(names));
}
