import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ABORT_GRACE, ABORT_PATIENCE, AbortIgnoredError, withinGrace } from './abort-grace.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const forever = () => new Promise<never>(() => {})

function waiting(running: Promise<unknown>, signal: AbortSignal, grace?: string) {
  const seen: string[] = []
  const ended = withinGrace(running, {
    who: 'the builder',
    signal,
    grace,
    warn: (text) => void seen.push(text),
    around: { leave: () => void seen.push('left') },
  })
  ended.then(
    (value) => seen.push(`ended with ${value}`),
    (error) => seen.push(error instanceof AbortIgnoredError ? error.message : `failed with ${error}`),
  )
  return seen
}

describe('author code', () => {
  test('that is not cancelled has all the time that it needs', async () => {
    const seen = waiting(forever(), new AbortController().signal)
    await vi.advanceTimersByTimeAsync(ABORT_GRACE * 100)
    expect(seen).toEqual([])
  })

  test('that is cancelled is waited for, with one word to the user, and left in the end', async () => {
    const cancel = new AbortController()
    const seen = waiting(forever(), cancel.signal)
    cancel.abort()
    await vi.advanceTimersByTimeAsync(ABORT_PATIENCE)
    expect(seen).toEqual(['Cancelled: waiting for the builder to end, 1m at most'])
    await vi.advanceTimersByTimeAsync(ABORT_GRACE - ABORT_PATIENCE - 1)
    expect(seen.length).toBe(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(seen.slice(1)).toEqual([
      'left',
      'The build was cancelled, but the builder had not ended 1m later and was left: look for what it has begun',
    ])
  })

  test('that ends in time is not left, whether it had been cancelled before or is now', async () => {
    for (const signal of [AbortSignal.abort(), abortingAfter(10)]) {
      const seen = waiting(new Promise((resolve) => setTimeout(resolve, 90, 'done')), signal, '100ms')
      await vi.advanceTimersByTimeAsync(ABORT_GRACE)
      expect(seen).toEqual(['ended with done'])
    }
  })

  test('may have another grace', async () => {
    const seen = waiting(forever(), AbortSignal.abort(), '2h')
    await vi.advanceTimersByTimeAsync(7_199_999)
    expect(seen).toEqual(['Cancelled: waiting for the builder to end, 2h at most'])
    await vi.advanceTimersByTimeAsync(1)
    expect(seen).toContain('left')
  })
})

function abortingAfter(milliseconds: number): AbortSignal {
  const cancel = new AbortController()
  setTimeout(() => cancel.abort(), milliseconds)
  return cancel.signal
}
