import { overflow } from "./host";

/** Stretches of a new file that resemble stretches of the old one, in the order of the new file. */
@unmanaged
export class Cover {
  oldPosition: f64;
  newPosition: f64;
  length: f64;
}

@unmanaged
export class CoverList {
  covers: usize;
  count: i32;
  /** How many it has room for. */
  most: i32;
}

export const listBytes: usize = offsetof<CoverList>();

export function coverOf(list: CoverList, cover: i32): Cover {
  return changetype<Cover>(list.covers + <usize>cover * offsetof<Cover>());
}

export function addCover(list: CoverList, oldPosition: i64, newPosition: i64, length: i32): void {
  if (list.count === list.most) overflow();
  const cover = coverOf(list, list.count);
  cover.oldPosition = <f64>oldPosition;
  cover.newPosition = <f64>newPosition;
  cover.length = <f64>length;
  list.count += 1;
}
