import { expect, test } from 'vitest'
import { needsOf, newestNeeds } from './packer-version.ts'

test.each(['1.9.1', '1.9', '1.9.4', '1.11.2', '1.16.0', 'v1.16', '2.0.0'])(
  'packer %s takes what is newest',
  (text) => {
    const { fingerprintFromGit: _, ...needs } = newestNeeds
    expect(needsOf(text)).toMatchObject(needs)
  },
)

test.each([
  [
    '1.7',
    'HCP_API_HOST',
    { tenancy: false, mustBeTold: true, fingerprintFromGit: true, portOnlyLocal: true },
  ],
  ['1.7.10', 'HCP_API_HOST', { tenancy: false, mustBeTold: true, fingerprintFromGit: true }],
  ['1.8.2', 'HCP_API_HOST', { tenancy: false, mustBeTold: true, fingerprintFromGit: true }],
  ['1.8', 'HCP_API_HOST', { tenancy: false, mustBeTold: true, fingerprintFromGit: true }],
  ['1.8.3', 'HCP_API_ADDRESS', { tenancy: false, mustBeTold: true, portOnlyLocal: false }],
  ['1.8.4', 'HCP_API_ADDRESS', { tenancy: false, mustBeTold: false, fingerprintFromGit: true }],
  ['v1.8.7', 'HCP_API_ADDRESS', { tenancy: false, mustBeTold: false, fingerprintFromGit: true }],
  ['1.9.0', 'HCP_API_ADDRESS', { tenancy: false, mustBeTold: false, fingerprintFromGit: false }],
])('packer %s reads %s, and %j', (text, apiVariable, needs) => {
  expect(needsOf(text)).toMatchObject({ apiVariable, ...needs })
})

test.each(['1.6', '1.7.6', '0.12.1', '1.0'])('packer %s cannot publish', (text) => {
  expect(needsOf(text)).toBe('none')
})

test.each(['', '1', 'latest', '1.7.x', '1.7.10-dev', '1.7.10.1', '1.9999', '-1.7'])(
  '%j is no version',
  (text) => {
    expect(needsOf(text)).toBeUndefined()
  },
)
