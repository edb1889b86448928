import { expect, it } from 'vitest'
import type { VersionAddress } from '../domain/address.ts'
import { SpacedStarts, START_SPACING } from './spaced-starts.ts'

const version = (fingerprint: string): VersionAddress => ({
  ...{ organizationId: 'o', projectId: 'p', bucket: 'b', fingerprint },
})

it('answers overlapping starts of one version one after the other, in their order', async () => {
  const starts = new SpacedStarts()
  const answered: number[] = []
  const at: number[] = []
  const slowest = 3
  await Promise.all(
    Array.from({ length: slowest }, (_, turn) =>
      starts
        .answer(version('v'), () => new Promise((resolve) => setTimeout(resolve, slowest - turn)))
        .then(() => {
          answered.push(turn)
          at.push(performance.now())
        }),
    ),
  )
  expect(answered).toEqual([0, 1, 2])
  // A timer may fire up to a millisecond early.
  for (const turn of [1, 2]) expect(at[turn]! - at[turn - 1]!).toBeGreaterThan(START_SPACING - 1.5)
})

it('lets a start go at once when it is alone, when another version starts, and after one that failed', async () => {
  const starts = new SpacedStarts()
  const stuck = starts.answer(version('other'), () => new Promise(() => undefined))
  await expect(starts.answer(version('v'), () => Promise.reject(new Error('refused')))).rejects.toThrow(
    'refused',
  )
  const answer = starts.answer(version('v'), () => Promise.resolve('done'))
  expect(await Promise.race([answer, stuck])).toBe('done')
})
