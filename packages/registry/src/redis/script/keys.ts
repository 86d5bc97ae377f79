/**
 * The keys of a namespace, in the order in which each script gets them. Ids, modes and the names of players are fields, members
 * and values only, so the set never grows.
 */
const names = [
  /** Hash: `revision`, `changed` (the last change's version), `servers` (the last order given), `lasting`, `until`. */
  "meta",
  /** Hash: a server's id to its entry. */
  "servers",
  /** Hash: a server's order to its id. */
  "ids",
  /** Hash: a server's order to the places on it and the lists that it is in. */
  "places",
  /** Hash: a server's order to the seats that leases hold there. */
  "held",
  /** Sorted set, by text alone: lists, free places, the leases of a server. */
  "index",
  /** Hash: a lease's id to the lease. */
  "leases",
  /** Hash: an idempotency key to the lease's id and the request's fingerprint. */
  "claims",
  /** Sorted set by time: leases that end, servers that expire, servers that are removed. */
  "due",
  /** Stream: the changes, each under its version. */
  "log",
] as const;

type KeyName = (typeof names)[number];

/** How the scripts name a key: `KEYS[1]`. Written out at each use, so that a test can see that no other is touched. */
export const key = Object.fromEntries(
  names.map((name, index) => [name, `KEYS[${index + 1}]`]),
) as Readonly<Record<KeyName, string>>;

/** What a watch reads. */
export const logKey = (keys: readonly string[]): string => keys[names.indexOf("log")] ?? "";

/**
 * The keys of a namespace. All have one hash tag, and so are in one slot of a cluster. The namespace is escaped, so that it can neither
 * close the tag nor look like another's key.
 */
export function keysOf(namespace: string): readonly string[] {
  return names.map((name) => `potassium:{${encodeURIComponent(namespace)}}:${name}`);
}
