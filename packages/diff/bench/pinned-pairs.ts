import { type NpmRelease, wholeTar } from "@potassium/tooling/bench/npm-file";

type Release = Pick<NpmRelease, "version" | "integrity">;

/** Two releases of one package, and what of them is measured. */
export interface PinnedPair {
  readonly name: string;
  readonly file: string | typeof wholeTar;
  readonly old: Release;
  readonly new: Release;
}

/** Native code of Rust, large and middling, and a large text. */
export const appliedPairs: readonly PinnedPair[] = [
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

/** Those, and more native code, folders of many small files, WebAssembly of Go and of C++, and data. */
export const generatedPairs: readonly PinnedPair[] = [
  ...appliedPairs,
  {
    name: "@rspack/binding-linux-x64-gnu",
    file: "rspack.linux-x64-gnu.node",
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
    file: wholeTar,
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
    name: "esbuild-wasm",
    file: "esbuild.wasm",
    old: {
      version: "0.25.0",
      integrity:
        "sha512-60iuWr6jdTVylmGXjpnqk3pCktUi5Rmjiv6EMza3h4X20BLtfL2BjUGs1+UCt2G9UK7jVGrJdUr5i1k0sL3wBg==",
    },
    new: {
      version: "0.25.1",
      integrity:
        "sha512-dZxPeDHcDIQ6ilml/NzYxnPbNkoVsHSFH3JGLSobttc5qYYgExMo8lh2XcB+w+AfiqykVDGK5PWanGB0gWaAWw==",
    },
  },
  {
    name: "@mdn/browser-compat-data",
    file: "data.json",
    old: {
      version: "6.0.0",
      integrity:
        "sha512-tmMexnVryVYx7Vzdg0x2Zs4xdxJoXtijQ55hUtdKLCO6nFctEYJPI6a+Ar2polVWhF+FPtCCNk+LVzNdA6LmBA==",
    },
    new: {
      version: "6.0.1",
      integrity:
        "sha512-vyjFN6B6xieb3nvpY3hOy7Io9nIq36i7N2KF5MnjLxB5O3jJaIF/qV4CVqzdqeAFMghXWegNI5Fd0BsvuSX2NA==",
    },
  },
  {
    name: "three",
    file: wholeTar,
    old: {
      version: "0.174.0",
      integrity:
        "sha512-p+WG3W6Ov74alh3geCMkGK9NWuT62ee21cV3jEnun201zodVF4tCE5aZa2U122/mkLRmhJJUQmLLW1BH00uQJQ==",
    },
    new: {
      version: "0.175.0",
      integrity:
        "sha512-nNE3pnTHxXN/Phw768u0Grr7W4+rumGg/H6PgeseNJojkJtmeHJfZWi41Gp2mpXl1pg1pf1zjwR4McM1jTqkpg==",
    },
  },
  {
    name: "@img/sharp-libvips-linux-x64",
    file: wholeTar,
    old: {
      version: "1.1.0",
      integrity:
        "sha512-yRj2+reB8iMg9W5sULM3S74jVS7zqSzHG3Ol/twnAAkAhnGQnpjj6e4ayUz7V+FpKypwgs82xbRdYtchTTUB+Q==",
    },
    new: {
      version: "1.2.0",
      integrity:
        "sha512-ZW3FPWIc7K1sH9E3nxIGB3y3dZkpJlMnkk7z5tu1nSkBoCgw2nSRTFHI5pB/3CQaJM0pdzMF3paf9ckKMSE9Tg==",
    },
  },
  {
    name: "@duckdb/duckdb-wasm",
    file: "dist/duckdb-eh.wasm",
    old: {
      version: "1.29.0",
      integrity:
        "sha512-8Zq7vafQuIz9gklC/9375KE38UlkaS2n8+yvG+/JK7irm3DjwYNJHL4xfplIj0bSHFIg6we5XhWYFqtE/vO3+Q==",
    },
    new: {
      version: "1.30.0",
      integrity:
        "sha512-9aWrm+4ayl4sTlvGtl/b+LxrUyXaac3yyVqkoJ3F7Vkd62PoS8PcQIRJ/KjXBW36LP1CnPY5jjvFyIcTFLtcXA==",
    },
  },
];
