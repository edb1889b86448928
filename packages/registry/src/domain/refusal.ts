import { answerTo, type RefusalCode, type RefusalParams } from '@ingot/registry-api'

/**
 * Why something was not done, by its code in the table of refusals. Rules return it as a value; use cases throw it, after
 * their audit row is written.
 */
export class Refusal<Code extends RefusalCode = RefusalCode> extends Error {
  override readonly name = 'Refusal'
  readonly code: Code
  readonly params: RefusalParams<Code>

  constructor(code: Code, params: RefusalParams<Code>) {
    super(answerTo(code, params).body.message)
    this.code = code
    this.params = params
  }
}

/** Throws what a rule refused; does nothing when it refused nothing. */
export function obey(verdict: Refusal | undefined): void {
  if (verdict) throw verdict
}

/** The value that a rule came to; throws when it came to a refusal instead. */
export function granted<Value>(verdict: Value | Refusal): Value {
  if (verdict instanceof Refusal) throw verdict
  return verdict
}
