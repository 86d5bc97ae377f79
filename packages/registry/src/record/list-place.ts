import type { ServerOrder, ServerRecord } from "@potassium/core-types";

/** Where a server stands in an ordered list: smaller keys first, then smaller ages. */
export interface ListPlace {
  /** `Infinity` where the server has no such number: last. */
  readonly key: number;
  /** Rises with each first registration. */
  readonly age: number;
}

/** @param room places on the server that nobody has or holds. */
export function listPlace(
  server: ServerRecord,
  age: number,
  room: number,
  order: ServerOrder,
): ListPlace {
  return { key: listKey(server, room, order), age };
}

/** Below 0 where `a` comes first. */
export function comparePlaces(a: ListPlace, b: ListPlace): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return a.age - b.age;
}

function listKey(server: ServerRecord, room: number, order: ServerOrder): number {
  if (order === "oldest") return 0;
  if (order === "fullest") return room;
  if (order === "emptiest") return -room;
  const number = Object.hasOwn(server.metadata, order.metadata)
    ? decimal(server.metadata[order.metadata] ?? "")
    : undefined;
  if (number === undefined) return Number.POSITIVE_INFINITY;
  return order.direction === "ascending" ? number : -number;
}

/** `Number` would also read "" and "0x10". */
function decimal(text: string): number | undefined {
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}
