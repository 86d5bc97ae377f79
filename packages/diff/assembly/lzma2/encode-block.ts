import {
  afterStored,
  beginChunks,
  chunksBytes,
  newProperties,
  putCoded,
  putStored,
  resetDictionary,
  resetNothing,
} from "./chunks";
import { beginFast, restartFast, stepFast } from "./fast-parser";
import { chainsPlace, longestChunkCoded, margin, outputPlace } from "./layout";
import { looksRandom, randomBlockBytes } from "./looks-random";
import { beginFinder, skipTo } from "./match-finder";
import { beginOptimal, restartOptimal, stepOptimal } from "./optimal-parser";
import { beginCode, codeLength, endCode } from "./range-encoder";
import { resetSymbols } from "./symbol-encoder";

const longestChunkRaw: i32 = 2 ** 21;

/**
 * Compresses what stands in the memory: `size` bytes, of which the first `before` are what stands before the block.
 * Returns how many bytes the chunks are.
 *
 * @param depth - How many earlier positions with the same five bytes are looked at.
 * @param niceBytes - A match so long is not looked beyond.
 * @param isOptimal - Whether symbols are chosen by what they cost.
 */
export function encode(before: i32, size: i32, depth: i32, niceBytes: i32, isOptimal: bool): i32 {
  resetSymbols();
  beginFinder(size, chainsPlace(size), depth, niceBytes);
  if (isOptimal) beginOptimal(niceBytes);
  else beginFast(niceBytes);
  skipTo(before);
  beginChunks(outputPlace(size));
  let reset = before === 0 ? resetDictionary : newProperties;
  for (let at = before; at < size; ) {
    const start = at;
    if (looksRandom(at, size)) {
      at += randomBlockBytes;
      if (isOptimal) restartOptimal(at);
      else restartFast(at);
      putStored(start, at, reset === resetDictionary);
      reset = afterStored(reset);
      resetSymbols();
      continue;
    }
    const end = min(size, start + longestChunkRaw);
    beginCode();
    while (at < end && codeLength() < longestChunkCoded - margin) {
      at += isOptimal ? stepOptimal(at, end) : stepFast(at, end);
    }
    const codeBytes = endCode();
    if (codeBytes < at - start) {
      putCoded(codeBytes, at - start, reset);
      reset = resetNothing;
    } else {
      putStored(start, at, reset === resetDictionary);
      reset = afterStored(reset);
      resetSymbols();
    }
  }
  return chunksBytes();
}
