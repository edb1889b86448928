import { inspect } from 'node:util'

/** Errors of the language: their name is half of what they say. */
const MISTAKES = [TypeError, RangeError, ReferenceError, SyntaxError]

/** What of an error reaches the other end, which sees nothing but a text. Never empty, since that would be success. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return `Something other than an error was thrown: ${inspect(error)}`
  if (error instanceof AggregateError && error.message === '') return error.errors.map(errorText).join('\n')
  if (MISTAKES.some((mistake) => error.constructor === mistake)) return `${error.name}: ${error.message}`
  return error.message || error.name || 'An error without a message was thrown.'
}
