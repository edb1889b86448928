import type { StepState } from './step-state.ts'

/** A step asked for what no step before it has put into the state. */
export class MissingStateError extends Error {
  override readonly name = 'MissingStateError'
}

/** What the steps of one build tell each other, by name. `State` says which names there are, and of which types. */
export interface StateBag<State extends StepState = StepState> {
  /** @throws MissingStateError where nothing is under that name. */
  get<Key extends keyof State>(key: Key): State[Key]
  /** Undefined where nothing is under that name. */
  getOk<Key extends keyof State>(key: Key): State[Key] | undefined
  put<Key extends keyof State>(key: Key, value: State[Key]): void
  remove(key: keyof State): void
}

/** A state bag that begins with what is given. For tests of a single step; {@link runSteps} makes its own. */
export function stateBag<State extends StepState = StepState>(first: Partial<State> = {}): StateBag<State> {
  const values = new Map<PropertyKey, unknown>(Object.entries(first))
  return {
    get(key) {
      if (values.has(key)) return values.get(key) as State[typeof key]
      throw new MissingStateError(
        `A step needs "${String(key)}", but no step before it has put it into the state`,
      )
    },
    getOk: (key) => values.get(key) as State[typeof key] | undefined,
    put: (key, value) => void values.set(key, value),
    remove: (key) => void values.delete(key),
  }
}
