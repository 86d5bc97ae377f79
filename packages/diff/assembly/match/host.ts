/** Fills so many bytes at `target` with the old file's from `position` on. What it throws goes through to the caller. */
// @ts-ignore: decorators of functions
@external("host", "readOld")
export declare function readOld(position: f64, target: usize, length: i32): void;

/** JavaScript's own, so that the result is the same to the last bit. */
// @ts-ignore: decorators of functions
@external("host", "log2")
export declare function log2(value: f64): f64;

// @ts-ignore: decorators of functions
@external("host", "exp")
export declare function exp(value: f64): f64;

/** Called where an area of the memory was laid out too small, which is a bug. */
// @ts-ignore: decorators of functions
@external("host", "overflow")
export declare function overflow(): void;
