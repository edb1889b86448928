import type { RefusalCode } from '@ingot/registry-api'
import type { OuterRefusal } from '../audit/outer-refusal.ts'
import { recordRefusal } from '../audit/outer-refusal.ts'
import type { Desk } from '../operations/desk.ts'

/** What happened outside of any use case. */
export class AuditTrail {
  readonly #desk: Desk

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** Writes the audit row of a refusal that the planes made themselves. */
  refused<Code extends RefusalCode>(refusal: OuterRefusal<Code>): Promise<void> {
    return recordRefusal(this.#desk, refusal)
  }
}
