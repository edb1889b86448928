import { inspect } from 'node:util'

/** How many causes of an error are told. */
const CAUSES = 5

/** How many characters of a message are told. */
export const MESSAGE_LIMIT = 16_384

/** What a user reads of anything that was thrown: the message with its causes, and no stack. */
export function messageOf(thrown: unknown): string {
  const messages = chain(thrown).map(ownMessage)
  // Many errors repeat the message of their cause.
  const told = messages.filter((message, index) => index === 0 || !messages[index - 1]!.includes(message))
  const text = told.join(': ').trim()
  return text.length > MESSAGE_LIMIT ? `${text.slice(0, MESSAGE_LIMIT)}…` : text
}

function chain(thrown: unknown): unknown[] {
  const found: unknown[] = [thrown]
  for (let last = thrown; last instanceof Error && found.length <= CAUSES; found.push(last)) {
    if (last.cause === undefined) break
    last = last.cause
  }
  return found
}

function ownMessage(thrown: unknown): string {
  if (thrown instanceof AggregateError)
    return [thrown.message, ...thrown.errors.map(messageOf)].filter(Boolean).join('\n* ')
  if (thrown instanceof TypeError || thrown instanceof ReferenceError)
    return `${thrown.name}: ${thrown.message}`
  if (thrown instanceof Error) return thrown.message || thrown.name
  if (typeof thrown === 'string') return thrown || 'an empty text was thrown'
  const text = messageIn(thrown)
  return text ?? `${inspect(thrown, { depth: 2, breakLength: Number.POSITIVE_INFINITY })} was thrown`
}

function messageIn(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('message' in thrown)) return
  return typeof thrown.message === 'string' && thrown.message !== '' ? thrown.message : undefined
}

/** What the log gets: the stack, with those of its causes. */
export function stackOf(thrown: unknown): string {
  return inspect(thrown, { depth: 4 })
}
