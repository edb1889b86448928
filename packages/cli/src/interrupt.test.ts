import { setTimeout } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { onInterrupt } from './interrupt.ts'

it('takes the first signal as a wish, its echoes for the same one, and a later one as an order', async () => {
  const notes: string[] = []
  using interrupt = onInterrupt((line) => notes.push(line), 'Stopping …')
  process.emit('SIGINT', 'SIGINT')
  process.emit('SIGINT', 'SIGINT')
  expect(interrupt.signal.aborted).toBe(true)
  expect(interrupt.hard.aborted).toBe(false)
  expect(interrupt.status).toBe(130)
  await setTimeout(450)
  process.emit('SIGTERM', 'SIGTERM')
  expect(interrupt.hard.aborted).toBe(true)
  expect(interrupt.status).toBe(130)
  expect(notes).toEqual(['Stopping …'])
})
