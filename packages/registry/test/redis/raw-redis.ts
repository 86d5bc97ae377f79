import { createClient } from "@redis/client";

/** Redis as it is, to look at a registry from outside. */
export async function rawRedis(url: string) {
  const client = createClient({ url, RESP: 2 });
  client.on("error", () => {});
  await client.connect();
  return {
    client,
    /** The keys of a namespace. */
    async keysOf(namespace: string): Promise<readonly string[]> {
      const found: string[] = [];
      for await (const keys of client.scanIterator({ COUNT: 1000 })) found.push(...keys);
      const tag = `{${encodeURIComponent(namespace)}}`;
      return found.filter((key) => key.includes(tag)).sort();
    },
    [Symbol.asyncDispose]: async () => client.destroy(),
  };
}
