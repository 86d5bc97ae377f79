/**
 * The packages of others that an installation brings. Another one is to be weighed before it is named here: each is
 * somebody else's code on a player's machine or beside an engine's socket.
 */
export const foreignPackages: Readonly<Record<string, readonly RegExp[]>> = {
  "@potassium/cli": [
    // It brings all parts, and what they bring.
    /^(zod|undici|bsdiff-node|nan)$/,
    /^(tar-stream|streamx|b4a|bare-.*|events-universal|fast-fifo|text-decoder|teex)$/,
    /^(commander|@redis\/client|cluster-key-slot)$/,
  ],
  "@potassium/core-types": [/^zod$/],
  "@potassium/diff": [
    /^zod$/,
    // bsdiff-node, which is optional, and what it is compiled with.
    /^(bsdiff-node|nan)$/,
  ],
  "@potassium/docker": [
    /^zod$/,
    /^(tar-stream|streamx|b4a|bare-.*|events-universal|fast-fifo|text-decoder|teex)$/,
  ],
  "@potassium/manifest": [/^zod$/],
  "@potassium/process": [/^zod$/],
  "@potassium/registry": [/^zod$/],
  "@potassium/relay": [/^zod$/, /^undici$/],
};
