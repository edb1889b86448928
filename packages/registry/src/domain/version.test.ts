import { expect, test } from 'vitest'
import type { Revocation } from './revocation.ts'
import {
  checkCompletion,
  completes,
  revisionOf,
  type Version,
  versionName,
  versionStatus,
} from './version.ts'

const revokedAt = (revokeAt: number) => ({ revokeAt }) as Revocation
const sight = { id: 'v', revision: 7, hasDescendants: false, parents: undefined, revokeAt: 1000 }

test('a version without a number is called v0', () => {
  expect(versionName(0)).toBe('v0')
  expect(versionName(12)).toBe('v12')
})

test('the status follows revocation, completion, then the builds', () => {
  const incomplete = { number: 0, revocation: null }
  expect(versionStatus({ number: 1, revocation: revokedAt(1000) }, ['done'], 1000)).toBe('revoked')
  expect(versionStatus({ number: 1, revocation: revokedAt(1000) }, ['done'], 999)).toBe(
    'revocation-scheduled',
  )
  expect(versionStatus({ number: 1, revocation: null }, [], 0)).toBe('active')
  expect(versionStatus(incomplete, ['cancelled', 'failed', 'running', 'done'], 0)).toBe('running')
  expect(versionStatus(incomplete, ['cancelled', 'failed', 'done'], 0)).toBe('failed')
  expect(versionStatus(incomplete, ['cancelled', 'unset'], 0)).toBe('cancelled')
  expect(versionStatus(incomplete, ['unset', 'done'], 0)).toBe('incomplete')
  expect(versionStatus(incomplete, [], 0)).toBe('incomplete')
})

test('a version is complete when it has builds and all of them are done', () => {
  expect(completes([])).toBe(false)
  expect(completes(['done'])).toBe(true)
  expect(completes(['done', 'unset'])).toBe(false)
})

test('completion by hand names the builds that are missing', () => {
  const version = { number: 0, fingerprint: 'fp' } as Version
  const builds = [
    { componentType: 'null.one', status: 'done' },
    { componentType: 'null.two', status: 'failed' },
  ] as const
  expect(checkCompletion(version, builds)?.message).toContain('null.two')
  expect(checkCompletion(version, builds)?.message).not.toContain('null.one')
  expect(checkCompletion(version, [])?.message).toContain('no builds')
  expect(checkCompletion({ ...version, number: 3 }, [])).toBeUndefined()
})

test('a revision changes with the row, the clock, the descendants and the parents', () => {
  const revisions = [
    revisionOf(sight, 999),
    revisionOf(sight, 1000),
    revisionOf({ ...sight, revision: 8 }, 999),
    revisionOf({ ...sight, hasDescendants: true }, 999),
    revisionOf({ ...sight, parents: 'up-to-date' }, 999),
    revisionOf({ ...sight, parents: 'out-of-date' }, 999),
  ]
  expect(new Set(revisions).size).toBe(revisions.length)
  expect(revisionOf(sight, 1)).toBe(revisionOf(sight, 2))
})
