import type { AbortOptions, Awaitable } from "@potassium/core-types";

/** What becomes of a step. */
export interface SagaEvent {
  readonly step: string;
  readonly state: "begun" | "done" | "failed" | "undone" | "not undone";
}

export interface SagaOptions extends AbortOptions {
  readonly onEvent?: ((event: SagaEvent) => void) | undefined;
}

export interface StepOptions {
  /** Its undo runs where it failed, too: a call whose answer was lost may have taken effect. @default false */
  readonly mayHaveHappened?: boolean;
}

/**
 * Does a step of a saga.
 *
 * @param undo takes it back. It gets what the step gave, or `undefined` where that failed and may have happened.
 */
export type Step = <Result>(
  name: string,
  act: () => Awaitable<Result>,
  undo?: (result: Result | undefined) => Awaitable<unknown>,
  options?: StepOptions,
) => Promise<Result>;

interface Undo {
  readonly step: string;
  readonly run: () => Awaitable<unknown>;
}

/**
 * Runs steps that belong together. Where one fails or the signal aborts, those before it are undone, the last first, and it
 * rejects with what failed. An undo takes no signal: what was begun is cleaned up after an abort as well.
 *
 * @throws AggregateError where an undo failed too: the first of its `errors` is why the saga ended
 */
export async function saga<Result>(
  body: (step: Step) => Promise<Result>,
  { signal, onEvent = () => {} }: SagaOptions = {},
): Promise<Result> {
  const undos: Undo[] = [];
  const step: Step = async (name, act, undo, { mayHaveHappened = false } = {}) => {
    signal?.throwIfAborted();
    onEvent({ step: name, state: "begun" });
    try {
      const result = await act();
      if (undo !== undefined) undos.push({ step: name, run: () => undo(result) });
      onEvent({ step: name, state: "done" });
      return result;
    } catch (error) {
      if (undo !== undefined && mayHaveHappened)
        undos.push({ step: name, run: () => undo(undefined) });
      onEvent({ step: name, state: "failed" });
      throw error;
    }
  };
  try {
    return await body(step);
  } catch (error) {
    const failures = await runUndos(undos.reverse(), onEvent);
    if (failures.length === 0) throw error;
    const text = `${messageOf(error)}; what was done before could not be undone: ${failures.map(messageOf).join("; ")}`;
    throw new AggregateError([error, ...failures], text);
  }
}

/** One that fails does not keep the others from their turn. */
async function runUndos(undos: readonly Undo[], onEvent: (event: SagaEvent) => void) {
  const failures: unknown[] = [];
  for (const { step, run } of undos) {
    try {
      await run();
      onEvent({ step, state: "undone" });
    } catch (error) {
      failures.push(error);
      onEvent({ step, state: "not undone" });
    }
  }
  return failures;
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
