/** What can be required, in the table's order. */
export const checkNames = [
  "node",
  "hdiff-stored",
  "hdiff-zlib",
  "hdiff-lzma2",
  "hdiff-zstd",
  "bsdiff-node",
  "hdiffz",
  "hpatchz",
  "containers",
  "processes",
  "redis",
  "relay",
] as const;
