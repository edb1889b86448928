import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clockSkew } from './limits.ts'
import { Refusal } from './refusal.ts'
import {
  mayRestore,
  mayRevoke,
  type Revocation,
  readDelay,
  readValidity,
  type ValidityWords,
} from './revocation.ts'

const now = 1_800_000_000_000

function wish(words: ValidityWords) {
  const verdict = readValidity(words, now)
  return verdict instanceof Refusal ? verdict.code : verdict
}

test('a delay is a row of numbers with units', () => {
  expect(readDelay('0s')).toBe(0)
  expect(readDelay('2h45m')).toBe(9_900_000)
  expect(readDelay('30d')).toBe(30 * 86_400_000)
  for (const text of ['', '5', 'd', '-1d', '1.5h', '1w', ' 1d', '1d ', `${'9'.repeat(100)}d`])
    expect(readDelay(text)).toBeUndefined()
})

test('a time that has passed, or is only just ahead by the clock of the client, is now', () => {
  expect(wish({ revokeAt: now - 5000 })).toEqual({ revokeAt: now - 5000 })
  expect(wish({ revokeAt: now + clockSkew })).toEqual({ revokeAt: now })
  expect(wish({ revokeAt: now + clockSkew + 1 })).toEqual({ revokeAt: now + clockSkew + 1 })
  expect(wish({ revokeIn: '0s' })).toEqual({ revokeAt: now })
  expect(wish({ revokeIn: '1d' })).toEqual({ revokeAt: now + 86_400_000 })
})

test('contradictions are refused', () => {
  expect(wish({ revokeAt: now, revokeIn: '1d' })).toBe('version.two-times')
  expect(wish({ restore: true, revokeIn: '1d' })).toBe('version.restore-and-revoke')
  expect(wish({ restore: true, revokeAt: now })).toBe('version.restore-and-revoke')
  expect(wish({ revokeIn: 'soon' })).toBe('version.revoke-in')
  expect(wish({ revokeIn: '99999d' })).toBe('version.revoke-late')
  expect(wish({ revocationMessage: 'x'.repeat(100_000) })).toBe('text.too-long')
})

test('a client that asks nothing gets nothing', () => {
  expect(wish({})).toBe('nothing')
  expect(wish({ restore: false, revokeIn: '', revocationMessage: 'why' })).toBe('nothing')
})

test('what is revoked cannot be revoked again; what is scheduled can', () => {
  expect(mayRevoke('fp', 'revoked')?.code).toBe('version.revoked-already')
  for (const status of ['active', 'incomplete', 'revocation-scheduled'] as const)
    expect(mayRevoke('fp', status)).toBeUndefined()
})

test('only a revocation of its own, or one whose origin is gone, is taken back by hand', () => {
  const from = (originId: string) => ({ versionId: 'v', originId }) as Revocation
  expect(mayRestore('v', [], () => true)?.code).toBe('version.valid')
  expect(mayRestore('v', [from('ancestor')], () => true)?.code).toBe('version.inherited')
  expect(mayRestore('v', [from('ancestor'), from('v')], () => true)).toBeUndefined()
  expect(mayRestore('v', [from('ancestor')], () => false)).toBeUndefined()
})

test('any text is a delay or none, and no delay is negative', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^(\d{1,3}[smhd]){1,3}$/)), (text) => {
      expect(readDelay(text) ?? 0).toBeGreaterThanOrEqual(0)
    }),
  )
})
