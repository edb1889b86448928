import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { config } from '../config/config.ts'
import { testSurroundings } from '../testing/test-surroundings.ts'
import { PREPARE_LIMIT, PreparedConfig } from './prepared-config.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const prepared = (prepare: () => Promise<void>) =>
  new PreparedConfig({ config: config({}), prepare }, testSurroundings(), { readsBuild: false })

test('checks that never end are refused, since a host waits for them without end', async () => {
  const refused = expect(prepared(() => new Promise(() => {})).prepare([])).rejects.toThrow(
    'The checks of "prepare" had not ended after 2m',
  )
  await vi.advanceTimersByTimeAsync(PREPARE_LIMIT)
  await refused
})

test('checks that end in time leave nothing that waits', async () => {
  expect(await prepared(async () => {}).prepare([])).toEqual([])
  expect(vi.getTimerCount()).toBe(0)
})
