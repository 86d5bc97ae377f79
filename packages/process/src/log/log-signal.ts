import { abortable } from "@potassium/core-types";

/** Wakes those who follow a log when there is more of it, or when it is complete. */
export class LogSignal {
  #version = 0;
  #complete = false;
  #wake = () => {};
  #change = this.#nextChange();

  /** Changes whenever there is more. */
  get version(): number {
    return this.#version;
  }

  get complete(): boolean {
    return this.#complete;
  }

  changed(): void {
    this.#version += 1;
    this.#wake();
    this.#change = this.#nextChange();
  }

  /** No more will come. */
  end(): void {
    this.#complete = true;
    this.changed();
  }

  /** Resolves as soon as the version is another than the one that was seen. */
  async after(version: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (version === this.#version) await abortable(this.#change, signal);
  }

  #nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
