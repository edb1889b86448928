import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextStep, progressOf } from './version-progress.ts'

const now = 1_800_000_000_000
const minute = 60_000
type Status = 'unset' | 'running' | 'done' | 'cancelled' | 'failed'

function build(componentType: string, status: Status, quiet = 0, sourceChannel = 'packer/1.16.0') {
  const at = now - quiet
  return { id: `id-${componentType}`, componentType, status, heartbeatAt: at, updatedAt: at, sourceChannel }
}

test('builds that are expected and not registered are missing', () => {
  expect(progressOf([build('a', 'done')], ['a', 'b'], now).map((each) => each.state)).toEqual([
    'done',
    'missing',
  ])
})

test('a running build is silent when it should have been heard, and is given up some time later', () => {
  const [fresh, silent] = progressOf([build('a', 'running'), build('b', 'running', 6 * minute)], [], now)
  expect(fresh).toMatchObject({ state: 'running', givenUpAt: now + 10 * minute })
  expect(silent).toMatchObject({
    state: 'silent',
    lastHeardAt: now - 6 * minute,
    givenUpAt: now + 4 * minute,
  })
})

test('a publisher that never says that it runs is not silent', () => {
  expect(progressOf([build('a', 'running', 60 * minute, 'packer/1.7.10')], [], now)[0]?.state).toBe('running')
})

test('what failed, was cancelled or never came must be built again; what runs is waited for', () => {
  const ended = [build('a', 'done'), build('b', 'failed'), build('c', 'cancelled'), build('e', 'unset')]
  const next = (builds: typeof ended) => nextStep(false, progressOf(builds, ['f'], now))
  expect(next(ended)).toEqual({ step: 'resume', components: ['b', 'c', 'e', 'f'] })
  expect(next([...ended, build('d', 'running')])).toEqual({ step: 'wait', components: ['b', 'c', 'f'] })
  expect(nextStep(true, progressOf(ended, ['f'], now)).step).toBe('nothing')
})

test('a version without builds is resumed with those that are expected', () => {
  expect(nextStep(false, progressOf([], ['a'], now))).toEqual({ step: 'resume', components: ['a'] })
})

test('every component is told once, whatever is registered and expected', () => {
  const names = fc.uniqueArray(fc.string())
  fc.assert(
    fc.property(names, names, (registered, expected) => {
      const told = progressOf(
        registered.map((name) => build(name, 'running')),
        expected,
        now,
      ).map((each) => each.componentType)
      expect(new Set(told).size).toBe(told.length)
      expect(new Set(told)).toEqual(new Set([...registered, ...expected]))
    }),
  )
})
