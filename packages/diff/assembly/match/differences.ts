import { CoverList, coverOf } from "./cover-list";
import { move, OldView } from "./old-view";
import { bytes, position, size } from "./segment";

/** Puts to `room` what is to be added to the covers' old bytes to make the segment, byte by byte; 0 where there is no cover. */
export function putDifferences(covers: CoverList, old: OldView, room: usize): void {
  memory.fill(room, 0, size);
  for (let i = 0; i < covers.count; i += 1) {
    const cover = coverOf(covers, i);
    const oldAt = <i64>cover.oldPosition;
    const at = <usize>(<i64>cover.newPosition - position);
    const length = <i32>cover.length;
    for (let done = 0; done < length; ) {
      if (oldAt + done < old.start || oldAt + done >= old.end) move(old, oldAt + done);
      const stop = <i32>min<i64>(length, old.end - oldAt);
      subtract(done, stop, bytes + at, old.bytes + <usize>(oldAt - old.start), room + at);
      done = stop;
    }
  }
}

function subtract(done: i32, stop: i32, next: usize, old: usize, differences: usize): void {
  for (; done <= stop - 16; done += 16) {
    v128.store(differences + done, i8x16.sub(v128.load(next + done), v128.load(old + done)));
  }
  for (; done < stop; done += 1) {
    store<u8>(differences + done, load<u8>(next + done) - load<u8>(old + done));
  }
}

/**
 * Puts to `room` the bytes of the segment that no cover has, one gap after the other.
 *
 * @returns how many there are
 */
export function putFresh(covers: CoverList, room: usize): i32 {
  let filled = 0;
  let end = 0;
  for (let i = 0; i < covers.count; i += 1) {
    const cover = coverOf(covers, i);
    const start = <i32>(<i64>cover.newPosition - position);
    memory.copy(room + filled, bytes + end, start - end);
    filled += start - end;
    end = start + <i32>cover.length;
  }
  memory.copy(room + filled, bytes + end, size - end);
  return filled + size - end;
}
