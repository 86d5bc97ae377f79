import { tmpdir } from "node:os";
import { join } from "node:path";
import { type NpmRelease, npmFolder } from "@potassium/tooling/bench/npm-file";

type Release = Pick<NpmRelease, "version" | "integrity">;

interface PinnedPair {
  readonly name: string;
  readonly old: Release;
  readonly new: Release;
}

/** A folder of an old release and one of its neighbour. */
export interface ReleasePair {
  readonly name: string;
  readonly oldDir: string;
  readonly newDir: string;
}

/** Where what was fetched once is kept. */
export const cache: string = join(tmpdir(), "potassium-bench-update");

/** Neighbouring releases from the npm registry, whole. What was fetched once is kept among the temporary files. */
export async function fetchReleasePairs(): Promise<ReleasePair[]> {
  const pairs: ReleasePair[] = [];
  for (const { name, old, new: next } of pinned) {
    pairs.push({
      name: `${name} ${old.version} to ${next.version}`,
      oldDir: await npmFolder({ name, ...old }, cache),
      newDir: await npmFolder({ name, ...next }, cache),
    });
  }
  return pairs;
}

/** A few large texts, native code, thousands of small files, and a middling number of both sizes. */
const pinned: readonly PinnedPair[] = [
  {
    name: "typescript",
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
  {
    name: "@rspack/binding-linux-x64-gnu",
    old: {
      version: "1.3.0",
      integrity:
        "sha512-8QC553EczUmeVtr5Dqc+TocStYoKHbT6CFRb52sqaLOhka6r/zgchvKYmji+51gohfD5f0gtqjkb2pLWGPHE7w==",
    },
    new: {
      version: "1.3.1",
      integrity:
        "sha512-RNxBFIHCg9xBKai3SKzAlr5G2/socYaqu97XexA+PCE5G0h+HxgYDq4b4lcZ58fJJGBk5vZqWOQTOT6BnXUpAg==",
    },
  },
  {
    name: "@babylonjs/core",
    old: {
      version: "8.1.1",
      integrity:
        "sha512-kU2miL3As/4V7HFF0YTFMA/VWjC9s6PWB9re+oTOeP1WAfFAH6jqlUmijUlY9hAH36MOMVb1hhon1GQ9tja0tw==",
    },
    new: {
      version: "8.2.0",
      integrity:
        "sha512-n3AjdJtzktXIS44t7BTvPZXAS2xBuo/suix3mI7b3+rk4nY0f1Y7X5uaseRYmazHyxPxTZ1g/LvUI5F5W/Ut2g==",
    },
  },
  {
    name: "three",
    old: {
      version: "0.175.0",
      integrity:
        "sha512-nNE3pnTHxXN/Phw768u0Grr7W4+rumGg/H6PgeseNJojkJtmeHJfZWi41Gp2mpXl1pg1pf1zjwR4McM1jTqkpg==",
    },
    new: {
      version: "0.176.0",
      integrity:
        "sha512-PWRKYWQo23ojf9oZSlRGH8K09q7nRSWx6LY/HF/UUrMdYgN9i1e2OwJYHoQjwc6HF/4lvvYLC5YC1X8UJL2ZpA==",
    },
  },
];
