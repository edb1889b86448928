import { ClientError } from './client-error.ts'

/** Waits for something that others wait for too: an abort ends the waiting, not the thing. */
export async function abortable<T>(shared: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return shared
  let giveUp = () => {}
  const aborted = new Promise<never>((_, reject) => {
    giveUp = () => reject(givenUp(signal.reason))
  })
  signal.addEventListener('abort', giveUp)
  if (signal.aborted) giveUp()
  try {
    return await Promise.race([shared, aborted])
  } finally {
    signal.removeEventListener('abort', giveUp)
  }
}

/** The error of a call whose caller does not want it any more. */
export function givenUp(cause: unknown): ClientError {
  return new ClientError('aborted', 'The call was given up.', { remedy: '', cause })
}
