import { check, type Fault } from '@ingot/registry-api'
import { malformed, parseJson, refuseText } from './body.ts'
import type { AnyOperation } from './route.ts'

/** The body of a call, fit for the operation. */
export function decodeBody(operation: AnyOperation, bytes: Buffer): unknown {
  if (!operation.body) return {}
  const body = parseJson(bytes)
  const fault = check(operation.body, body)
  if (fault) throw malformed(sentence(fault, 'field', 'body'))
  return body
}

/** The query of a call; a repeated parameter becomes a list, one that the operation does not know is ignored. */
export function decodeQuery(operation: AnyOperation, search: string): unknown {
  if (!operation.query) return {}
  const query: Record<string, string | string[]> = {}
  for (const [name, value] of new URLSearchParams(search)) {
    if (!Object.hasOwn(operation.query.properties ?? {}, name)) continue
    refuseText(value, name)
    const before = query[name]
    query[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value]
  }
  const fault = check(operation.query, query)
  if (fault) throw malformed(sentence(fault, 'query parameter', 'query'))
  return query
}

function sentence({ field, expected, got }: Fault, kind: string, whole: string): string {
  return `the ${field === '' ? whole : `${kind} ${field}`} must be ${expected}, but ${got} was sent`
}
