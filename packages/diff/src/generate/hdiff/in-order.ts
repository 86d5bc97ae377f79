/**
 * Does `work` on several of `items` at once, and gives the results in the order of the items.
 *
 * @param most - How many may be under way, or done and not yet taken.
 */
export async function* inOrder<Item, Result>(
  items: Iterable<Item>,
  work: (item: Item) => Promise<Result>,
  most: number,
): AsyncGenerator<readonly [item: Item, result: Result], void, void> {
  const underWay: { readonly item: Item; readonly result: Promise<Result> }[] = [];
  const source = items[Symbol.iterator]();
  for (;;) {
    while (underWay.length < most) {
      const next = source.next();
      if (next.done === true) break;
      const result = work(next.value);
      // It is awaited in its turn; should another fail first, nobody asks for it any more.
      result.catch(() => {});
      underWay.push({ item: next.value, result });
    }
    const first = underWay.shift();
    if (first === undefined) return;
    yield [first.item, await first.result];
  }
}
