import { expect, test } from 'vitest'
import { type Channel, mayAssign, mayChange, mayDelete, maySee, mayUnassign, sees } from './channel.ts'
import type { Revocation } from './revocation.ts'
import type { VersionStanding } from './version.ts'

const latest = { name: 'latest', managed: true, restricted: true } as Channel
const stable = { name: 'stable', managed: false, restricted: false } as Channel
const version = (facts: Partial<VersionStanding>) =>
  ({ fingerprint: 'fp', number: 1, revocation: null, ...facts }) as VersionStanding

test('a restricted channel is there for those who may write', () => {
  expect(sees('viewer', latest)).toBe(false)
  expect(sees('contributor', latest)).toBe(true)
  expect(sees('viewer', stable)).toBe(true)
  expect(sees(undefined, latest)).toBe(false)
  expect(maySee('viewer', latest, 'base')?.message).toMatch(/latest.*restricted.*base/)
})

test('only complete versions that are not revoked are assigned; a schedule is no obstacle', () => {
  const revocation = { revokeAt: 1000 } as Revocation
  expect(mayAssign('stable', version({}), 0)).toBeUndefined()
  expect(mayAssign('stable', version({ number: 0 }), 0)?.code).toBe('channel.version-incomplete')
  expect(mayAssign('stable', version({ revocation }), 1000)?.code).toBe('channel.version-revoked')
  expect(mayAssign('stable', version({ revocation }), 999)).toBeUndefined()
})

test('the managed channel is neither assigned nor deleted by hand; its restriction may change', () => {
  expect(mayChange(latest, { version: {} })?.code).toBe('channel.managed-assigned')
  expect(mayChange(latest, { restricted: false })).toBeUndefined()
  expect(mayDelete(latest)?.code).toBe('channel.managed-deleted')
  expect(mayDelete(stable)).toBeUndefined()
})

test('channels of users hold a version fast, by their names in order', () => {
  expect(mayUnassign([latest])).toBeUndefined()
  expect(mayUnassign([stable, latest, { ...stable, name: 'beta' }])?.message).toContain('beta, stable.')
})
