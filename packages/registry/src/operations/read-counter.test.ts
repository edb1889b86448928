import { expect, test } from 'vitest'
import { ReadCounter } from './read-counter.ts'

const read = (versionId: string, sourceChannel = 'packer/1.16.0 (linux)') => ({
  ...{ versionId, channelId: 'c', principalId: 'p', principalName: 'ci', sourceChannel },
})

test('reads by one consumer are one row, with their number and times', () => {
  const counter = new ReadCounter()
  for (const now of [1, 2, 5]) counter.add(read('v'), now)
  counter.add(read('v', 'curl/8.1'), 3)
  expect(counter.take()).toMatchObject([
    { client: 'packer/1.16.0', reads: 3, firstReadAt: 1, lastReadAt: 5 },
    { client: 'curl/8.1', reads: 1 },
  ])
  expect(counter.take()).toEqual([])
})

test('what could not be written waits for the next time', () => {
  const counter = new ReadCounter()
  counter.add(read('v'), 1)
  counter.putBack(counter.take())
  counter.add(read('v'), 2)
  expect(counter.take().reduce((sum, { reads }) => sum + reads, 0)).toBe(2)
})

test('no more consumers wait than there may be', () => {
  const counter = new ReadCounter(2)
  for (const name of ['a', 'b', 'c', 'a']) counter.add(read(name), 1)
  expect(counter.take().map(({ versionId, reads }) => [versionId, reads])).toEqual([
    ['a', 2],
    ['b', 1],
  ])
})
