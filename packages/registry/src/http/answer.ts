import { answerTo } from '@ingot/registry-api'
import type { Refusal } from '../domain/refusal.ts'

/** JSON text of a value of the type: rendered once, then passed on or spliced into a larger text. */
export type Rendered<Value> = string & { readonly '~renders'?: Value }

/** What goes back: always JSON, as text or as bytes of UTF-8. */
export interface Answer {
  readonly status: number
  readonly body: string | Buffer
  readonly headers?: Readonly<Record<string, string>>
  /** Whether the connection ends with it, because the rest of the request was not read. */
  readonly last?: boolean
}

export function render<Value>(value: Value): Rendered<Value> {
  return JSON.stringify(value)
}

/** Adds a member whose text is there already to a rendered object. */
export function withMember<Value>(object: string, name: string, member: Rendered<Value>): string {
  const comma = object === '{}' ? '' : ','
  return `${object.slice(0, -1)}${comma}"${name}":${member}}`
}

/** A rendered list of rendered items. */
export function renderList<Value>(items: readonly Rendered<Value>[]): Rendered<readonly Value[]> {
  return `[${items.join(',')}]`
}

/** The error envelope of a refusal. */
export function refused(refusal: Refusal, more: Partial<Answer> = {}): Answer {
  const { status, body } = answerTo(refusal.code, refusal.params)
  return { status, body: JSON.stringify(body), headers: headersOf(refusal, status), ...more }
}

function headersOf(refusal: Refusal, status: number): Readonly<Record<string, string>> {
  if (status === 401) return { 'www-authenticate': 'Bearer' }
  if (!isWrongMethod(refusal)) return {}
  return { allow: refusal.params.allowed.join(', ') }
}

function isWrongMethod(refusal: Refusal): refusal is Refusal<'route.wrong-method'> {
  return refusal.code === 'route.wrong-method'
}
