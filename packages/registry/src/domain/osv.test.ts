import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadScore } from '../advisories/score.ts'
import { criticalities } from './criticality.ts'
import { readOsv } from './osv.ts'

const score = await loadScore()
const read = (more: object) => {
  const osv = { id: 'X-1', modified: '2024-01-02T03:04:05Z', ...more }
  const advisory = readOsv(osv, score)
  if ('problem' in advisory) throw new Error(advisory.problem)
  return advisory
}
const word = (more: object) => criticalities[read(more).criticality]
const affected = (ecosystem: string, more: object = {}) => ({
  ...{
    package: { ecosystem, name: 'a' },
    ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }],
    ...more,
  },
})

test.each([
  ['Critical', { severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }] }],
  [
    'High',
    {
      severity: [
        { type: 'CVSS_V4', score: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N' },
      ],
    },
  ],
  ['Medium', { severity: [{ type: 'CVSS_V2', score: 'AV:N/AC:M/Au:N/C:N/I:P/A:N' }] }],
  ['Medium', { severity: [{ type: 'Ubuntu', score: 'medium' }] }],
  ['High', { database_specific: { severity: 'HIGH' } }],
  ['Medium', { database_specific: { severity: 'MODERATE' } }],
  ['High', { affected: [affected('Debian:12', { ecosystem_specific: { urgency: 'high' } })] }],
  ['Low', { affected: [affected('Debian:12', { ecosystem_specific: { urgency: 'unimportant' } })] }],
  ['Unknown', { affected: [affected('Debian:12', { ecosystem_specific: { urgency: 'not yet assigned' } })] }],
  ['Unknown', { severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:X' }] }],
  ['Unknown', {}],
])('it is %s as %j says', (criticality, more) => {
  expect(word(more)).toBe(criticality)
})

test('releases go by one name, and what nothing can be held against is left out', () => {
  const ecosystems = [
    'Ubuntu:22.04:LTS',
    'Red Hat:enterprise_linux:9::baseos',
    'Debian:12',
    'Bitnami',
    'PyPI',
  ]
  const { affected: found } = read({
    affected: [...ecosystems.map((one) => affected(one)), affected('npm', { ranges: [{ type: 'GIT' }] })],
  })
  expect(found.map(({ stream }) => stream)).toEqual(['Ubuntu:22.04', 'Red Hat:9', 'Debian:12', 'PyPI'])
})

test('times, other identifiers and the withdrawal are kept', () => {
  const times = { published: '2024-01-01T00:00:00Z', withdrawn: '2024-02-01T00:00:00Z' }
  expect(read({ ...times, aliases: ['CVE-1'], upstream: ['CVE-2'], related: ['Y-2'] })).toMatchObject({
    ...{ publishedAt: Date.UTC(2024, 0, 1), withdrawnAt: Date.UTC(2024, 1, 1) },
    ...{ aliases: ['CVE-1', 'CVE-2'], related: ['Y-2'] },
  })
})

test.each([
  [[]],
  ['x'],
  [{}],
  [{ id: 'a b', modified: '2024-01-01T00:00:00Z' }],
  [{ id: 'X', modified: 'soon' }],
])('%j is no advisory', (value) => {
  expect(readOsv(value, score)).toMatchObject({ problem: expect.any(String) })
})

test('any JSON is read or refused', () => {
  const shape = fc.record({
    id: fc.constantFrom('X-1', 1),
    modified: fc.constantFrom('2024-01-01T00:00:00Z', null),
    affected: fc.oneof(
      fc.jsonValue(),
      fc.array(fc.record({ package: fc.jsonValue(), ranges: fc.jsonValue(), versions: fc.jsonValue() })),
    ),
    severity: fc.jsonValue(),
    aliases: fc.jsonValue(),
  })
  fc.assert(
    fc.property(fc.oneof(shape, fc.jsonValue()), (value) => {
      const advisory = readOsv(value, score)
      expect('problem' in advisory || advisory.criticality >= 0).toBe(true)
    }),
  )
})
