import fc from 'fast-check'
import { expect, test } from 'vitest'
import { check } from './check.ts'
import { Build, Version } from './packer-2023-01-01/models.ts'
import { updateBuild } from './packer-2023-01-01/operations.ts'
import { any, base64, dateTime, given, int32, int64, labels, list, object, string, words } from './schema.ts'

test('what a Go client sends fits: null for every field, unknown fields ignored', () => {
  const body = { artifacts: null, labels: null, packer_run_uuid: 'x', status: 'BUILD_UNSET', new_in_2030: {} }
  expect(check(updateBuild.body!, body)).toBeUndefined()
})

test('a fault names the place, what belongs there and what was found', () => {
  const faultOf = (body: unknown) => check(updateBuild.body!, body)
  expect(faultOf({ artifacts: [{ region: 'a' }, { region: 7 }] })).toEqual({
    field: 'artifacts[1].region',
    expected: 'text',
    got: 'a number',
  })
  expect(faultOf({ status: 'DONE' })).toEqual({
    field: 'status',
    expected: 'one of BUILD_UNSET, BUILD_RUNNING, BUILD_DONE, BUILD_CANCELLED, BUILD_FAILED',
    got: '"DONE"',
  })
  expect(faultOf({ labels: { a: true } })?.field).toBe('labels.a')
  expect(faultOf([])).toEqual({ field: '', expected: 'an object', got: 'a list' })
  expect(faultOf('x')).toMatchObject({ field: '', got: 'other text' })
})

test('a long name from the other end is cut in the fault', () => {
  expect(check(labels, { ['n'.repeat(1e6)]: 1 })?.field.length).toBeLessThan(100)
})

test.each([
  [
    dateTime,
    ['2026-01-31T12:00:00Z', '0001-01-01T00:00:00.000Z', '2026-01-31T12:00:00.123456789+02:00'],
    ['', 'now', '2026-13-01T00:00:00Z', '2026-01-31'],
  ],
  [int64, ['0', '3', '-9223372036854775808'], ['', '1.5', 'x', 3]],
  [int32, [0, -3], ['3', 1.5, null]],
  [base64, ['', 'aGk=', 'aGkh'], ['a', 'a$==', 1]],
  [words('A', 'B'), ['A'], ['a', '', null]],
  [any, [null, 0, [], {}], [undefined]],
  [list(string), [[], ['a']], [{}, ['a', 1], 'a', null]],
])('scalar %# admits its values and no others', (schema, good, bad) => {
  for (const value of good) expect(check(schema, value)).toBeUndefined()
  for (const value of bad) expect(check(schema, value)).toBeDefined()
})

test('a required field must be there, a field of a Go client need not', () => {
  expect(check(object({ a: string }), {})).toMatchObject({ field: 'a', got: 'nothing' })
  expect(check(object({}, { a: string }), {})).toBeUndefined()
  expect(check(object({}, { a: string }), { a: null })).toBeDefined()
  expect(check(given({ a: string }), { a: null })).toBeUndefined()
})

test('any JSON is answered with a fault or none, never with an exception', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      for (const schema of [Version, Build, updateBuild.body!, labels]) {
        const found = check(schema, value)
        expect(found === undefined || found.expected.length > 0).toBe(true)
      }
    }),
  )
})
