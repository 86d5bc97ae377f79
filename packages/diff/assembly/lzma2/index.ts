// The encoder of LZMA2, as src/compress/lzma2 has it run. All of its memory is laid out in layout.ts.
export { encode } from "./encode-block";
export { bytesAt, memoryBytes, outputPlace } from "./layout";
export { steps } from "./match-finder";
