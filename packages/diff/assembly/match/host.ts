/** Fills so many bytes at `target` with the old file's from `position` on. What it throws goes through to the caller. */
export declare function readOld(position: f64, target: usize, length: i32): void;

/** JavaScript's own, so that the result is the same to the last bit. */
export declare function log2(value: f64): f64;

export declare function exp(value: f64): f64;

/** Called where an area of the memory was laid out too small, which is a bug. */
export declare function overflow(): void;
