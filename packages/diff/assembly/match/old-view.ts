import { readOld } from "./host";

/** Reading less at a time would not be faster. Most pages are looked at for a few bytes only. */
const pageBits: i64 = 14;
const pageBytes: i64 = 1 << pageBits;

/**
 * A window into the old file: at `bytes` are those from `start` to `end`. `move()` brings another stretch in; what was
 * read from the view before is then void. Of a file that is in memory whole all is in the window, always. Else pages of it
 * are kept, each in the one slot that it may have.
 */
@unmanaged
export class OldView {
  start: i64;
  end: i64;
  bytes: usize;
  /** Where the slots are, and how many. 0 of them: the file is in memory whole. */
  room: usize;
  slots: i64;
  /** The page in each slot. */
  pages: usize;
}

/** How many bytes a view takes beside its slots and their pages. */
export const viewBytes: usize = offsetof<OldView>();

export let oldSize: i64 = 0;

export function setOldSize(size: i64): void {
  oldSize = size;
}

/** Opens a view of a file that is in memory whole. */
export function openWhole(view: OldView, bytes: usize): void {
  view.start = 0;
  view.end = oldSize;
  view.bytes = bytes;
  view.slots = 0;
}

/** Opens a view whose pages are kept in so many slots from `room` on, and their numbers at `pages`. */
export function openPaged(view: OldView, room: usize, slots: i32, pages: usize): void {
  view.start = 0;
  view.end = 0;
  view.bytes = room;
  view.room = room;
  view.slots = slots;
  view.pages = pages;
  for (let slot = 0; slot < slots; slot += 1) store<i64>(pages + ((<usize>slot) << 3), -1);
}

/** Moves the window so that it holds `position`, which is in the file. */
export function move(view: OldView, position: i64): void {
  if (view.slots === 0) return;
  const page = position >> pageBits;
  const slot = page % view.slots;
  const kept = view.pages + ((<usize>slot) << 3);
  view.bytes = view.room + <usize>(slot << pageBits);
  view.start = page << pageBits;
  view.end = min(oldSize, view.start + pageBytes);
  if (load<i64>(kept) === page) return;
  // Void until it was read: reading may fail.
  store<i64>(kept, -1);
  const stop = view.end;
  view.end = view.start;
  readOld(<f64>view.start, view.bytes, <i32>(stop - view.start));
  view.end = stop;
  store<i64>(kept, page);
}

/** Whether all of so many bytes from `position` on, forwards, are in the window. */
export function holds(view: OldView, position: i64, length: i64): bool {
  return position >= view.start && position + length <= view.end;
}

/** Where the byte at `position` is, which is in the window. */
export function place(view: OldView, position: i64): usize {
  return view.bytes + <usize>(position - view.start);
}

/** -1 outside of the old file. */
export function byteAt(view: OldView, position: i64): i32 {
  if (position < view.start || position >= view.end) {
    if (position < 0 || position >= oldSize) return -1;
    move(view, position);
  }
  return load<u8>(place(view, position));
}
