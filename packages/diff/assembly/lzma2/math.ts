/** JavaScript's own: another's result may differ in the last bit. */
export declare function log2(value: f64): f64;
