import { errorText } from '../net-rpc/error-text.ts'
import { RemoteError } from '../remote-error.ts'
import { asFields, asText } from './shape.ts'

/** An error that travels in the body of an answer instead of its header. */
export function bodyError(error: unknown): { readonly Message: string } {
  return { Message: errorText(error) }
}

/** Throws the error that a body holds, if it holds one. */
export function throwBodyError(value: unknown, method: string): void {
  if (value === null || value === undefined) return
  const message = asText(asFields(value, `The error of ${method}`)['Message'], `The error of ${method}`)
  throw new RemoteError(method, message)
}
