/** A value, or a promise of it: what `await` takes. */
export type Awaitable<T> = T | PromiseLike<T>;
