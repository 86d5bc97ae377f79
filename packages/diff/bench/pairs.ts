import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type NpmRelease, npmFile } from "./npm-file.js";

/** An old file and a new one, and where patches between them are kept. */
export interface Pair {
  readonly name: string;
  readonly oldPath: string;
  readonly newPath: string;
  readonly newBytes: number;
  readonly newSha256: string;
  readonly cache: string;
}

type Release = Pick<NpmRelease, "version" | "integrity">;

interface PinnedPair {
  readonly name: string;
  readonly file: string;
  readonly old: Release;
  readonly new: Release;
}

/** Native code of Rust, large and middling, and a large text. */
const pinned: readonly PinnedPair[] = [
  {
    name: "@biomejs/cli-linux-x64",
    file: "biome",
    old: {
      version: "2.0.0",
      integrity:
        "sha512-09PcOGYTtkopWRm6mZ/B6Mr6UHdkniUgIG/jLBv+2J8Z61ezRE+xQmpi3yNgUrFIAU4lPA9atg7mhvE/5Bo7Wg==",
    },
    new: {
      version: "2.0.6",
      integrity:
        "sha512-geM1MkHTV1Kh2Cs/Xzot9BOF3WBacihw6bkEmxkz4nSga8B9/hWy5BDiOG3gHDGIBa8WxT0nzsJs2f/hPqQIQw==",
    },
  },
  {
    name: "lightningcss-linux-x64-gnu",
    file: "lightningcss.linux-x64-gnu.node",
    old: {
      version: "1.30.1",
      integrity:
        "sha512-piWx3z4wN8J8z3+O5kO74+yr6ze/dKmPnI7vLqfSqI8bccaTGY5xiSGVIJBDd5K5BHlvVLpUB3S2YCfelyJ1bw==",
    },
    new: {
      version: "1.30.2",
      integrity:
        "sha512-Cfd46gdmj1vQ+lR6VRTTadNHu6ALuw2pKR9lYq4FnhvgBc4zWY1EtZcAc6EffShbb1MFrIPfLDXD6Xprbnni4w==",
    },
  },
  {
    name: "typescript",
    file: "lib/typescript.js",
    old: {
      version: "5.8.2",
      integrity:
        "sha512-aJn6wq13/afZp/jT9QZmwEjDqqvSGp1VT5GVg+f/t6/oVyrgXM6BY1h9BRh/O5p3PlUPAe+WuiEZOmb/49RqoQ==",
    },
    new: {
      version: "5.8.3",
      integrity:
        "sha512-p1diW6TqL9L07nNxvRMM7hMMw4c5XOo/1ibL4aAIGmSAt9slTE1Xgw5KWuof2uTOvCg9BY7ZRi+GaF+7sfgPeQ==",
    },
  },
];

/** Neighbouring releases from the npm registry. What was fetched once is kept among the temporary files. */
export async function fetchPairs(): Promise<Pair[]> {
  const cache = join(tmpdir(), "potassium-bench-diff");
  const pairs: Pair[] = [];
  for (const { name, file, old, new: next } of pinned) {
    const oldPath = await npmFile({ name, file, ...old }, cache);
    const newPath = await npmFile({ name, file, ...next }, cache);
    const bytes = await readFile(newPath);
    pairs.push({
      name: `${name} ${old.version} to ${next.version}`,
      oldPath,
      newPath,
      newBytes: bytes.length,
      newSha256: createHash("sha256").update(bytes).digest("hex"),
      cache: join(cache, `${name.replace("/", "+")}-${old.version}-${next.version}`),
    });
  }
  return pairs;
}
