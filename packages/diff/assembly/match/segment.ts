/** Where the bytes of the segment are that is being matched. So many behind them may be read, whatever they are. */
export let bytes: usize = 0;
export let size: i32 = 0;
/** Where it stands in the new file. */
export let position: i64 = 0;
/** How many bytes were looked at to match it: what tests hold to account, where a clock would lie. */
export let steps: i64 = 0;

export function openSegment(at: usize, length: i32, inFile: i64): void {
  bytes = at;
  size = length;
  position = inFile;
  steps = 0;
}

export function addSteps(more: i64): void {
  steps += more;
}
