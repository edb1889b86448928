import { describe, expect, test } from 'vitest'
import { heartbeatSilence, isStalled, patience, silenceWithoutHeartbeat } from './stalled.ts'

const now = 1_800_000_000_000
const running = { status: 'running', heartbeatAt: now, updatedAt: now } as const

describe('a build stalls', () => {
  test.each([
    ['packer/1.16.0 hcp-go-sdk/0.174.0', heartbeatSilence],
    ['packer/1.8.3 hcp-go-sdk/0.18.0', heartbeatSilence],
    ['packer/1.8.2 hcp-go-sdk/0.18.0', silenceWithoutHeartbeat],
    ['packer/1.7.10', silenceWithoutHeartbeat],
    ['packer/2.0.0', heartbeatSilence],
    ['ingot/0.1.0', heartbeatSilence],
    ['', silenceWithoutHeartbeat],
    ['curl', silenceWithoutHeartbeat],
  ])('of %j after %i ms of silence', (sourceChannel, silence) => {
    expect(patience(sourceChannel)).toBe(silence)
    expect(isStalled({ ...running, sourceChannel }, now + silence)).toBe(false)
    expect(isStalled({ ...running, sourceChannel }, now + silence + 1)).toBe(true)
  })

  test('only while it runs', () => {
    const build = { ...running, status: 'failed', sourceChannel: 'packer/1.16.0' } as const
    expect(isStalled(build, now + silenceWithoutHeartbeat * 2)).toBe(false)
  })
})
