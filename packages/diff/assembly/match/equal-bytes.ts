import { allEqual, equalMask } from "./equal-mask";
import { move, OldView, oldSize } from "./old-view";
import { addSteps, bytes, size } from "./segment";

/** How many bytes from `at` of the segment and `oldAt` of the old file on are equal, to the end of the shorter. */
export function equalForward(at: i32, old: OldView, oldAt: i64): i32 {
  const most = <i32>min<i64>(size - at, oldSize - oldAt);
  let done = 0;
  while (done < most) {
    if (oldAt + done < old.start || oldAt + done >= old.end) move(old, oldAt + done);
    const stop = <i32>min<i64>(most, old.end - oldAt);
    done = equalUntil(done, stop, bytes + at, old.bytes + <usize>(oldAt - old.start));
    if (done < stop) break;
  }
  addSteps(done);
  return done;
}

/** The first place from `done` on, before `stop`, where the bytes differ. */
export function equalUntil(done: i32, stop: i32, next: usize, old: usize): i32 {
  while (done <= stop - 16) {
    const equal = equalMask(next + done, old + done);
    if (equal !== allEqual) return done + ctz(~equal);
    done += 16;
  }
  while (done < stop && load<u8>(next + done) === load<u8>(old + done)) done += 1;
  return done;
}
