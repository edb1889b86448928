import { check, packer, type Schema } from '@ingot/registry-api'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fit, Misfit } from './fit.ts'

const version: Schema = packer.getVersion.reply

test('left out zero values are filled in, so that callers need not ask', () => {
  const filled = fit(
    version,
    { version: { id: '01M8', builds: [{ id: '01M9', artifacts: null }] } },
    'the answer',
  )
  expect(filled).toMatchObject({
    version: { name: '', status: 'VERSION_UNSET', has_descendants: false, revoke_at: null },
  })
  expect(filled).toMatchObject({ version: { builds: [{ artifacts: [], labels: {}, platform: '' }] } })
})

test('words and members of a newer registry are kept', () => {
  const build = { id: '01M9', status: 'BUILD_QUEUED', queued_at: 'noon' }
  expect(fit(version, { version: { id: '01M8', builds: [build] } }, 'the answer')).toMatchObject({
    version: { builds: [build] },
  })
})

test('a 64-bit integer may come as a number', () => {
  const filled = fit(packer.getBucket.reply, { bucket: { id: '01M8', version_count: 3 } }, 'the answer')
  expect(filled).toMatchObject({ bucket: { version_count: '3' } })
})

test.each([
  [{}, 'the answer.version is nothing where an object belongs'],
  [{ version: [] }, 'the answer.version is a list where an object belongs'],
  [{ version: { id: 7 } }, 'the answer.version.id is a number where a text belongs'],
  [
    { version: { id: '', builds: [{ id: '', labels: { a: {} } }] } },
    'the answer.version.builds[0].labels.a is',
  ],
])('%j is no version, and the place is named', (value, message) => {
  expect(() => fit(version, value, 'the answer')).toThrow(message)
})

test('any JSON either becomes an answer without gaps or is a misfit', () => {
  const json = fc.jsonValue()
  const nearly = fc.record({
    version: fc.record({ id: fc.string(), builds: json, name: json, revoke_at: json }),
  })
  fc.assert(
    fc.property(fc.oneof(json, nearly), (value) => {
      try {
        const filled = fit(version, value, 'the answer')
        expect(check(version, filled)?.got ?? '""').toMatch(/""|other text/)
      } catch (error) {
        expect(error).toBeInstanceOf(Misfit)
      }
    }),
  )
})
