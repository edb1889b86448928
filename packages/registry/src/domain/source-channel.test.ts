import { expect, test } from 'vitest'
import { isBefore, listsProjectsAlways, packerVersion } from './source-channel.ts'

test.each([
  ['packer/1.16.0 hcp-go-sdk/0.174.0', [1, 16, 0]],
  ['packer/1.8.3-dev', [1, 8, 3]],
  ['packer/1.8', undefined],
  ['terraform-provider-hcp/0.114.0', undefined],
  ['', undefined],
])('%j is packer %j', (sourceChannel, version) => {
  expect(packerVersion(sourceChannel)).toEqual(version)
})

test.each([
  [[1, 8, 2], [1, 8, 3], true],
  [[1, 8, 3], [1, 8, 3], false],
  [[1, 10, 0], [1, 9, 1], false],
  [[0, 99, 99], [1, 0, 0], true],
] as const)('%j before %j: %s', (version, other, before) => {
  expect(isBefore(version, other)).toBe(before)
})

test('packer lists projects, whatever it was told, before 1.9.1', () => {
  for (const version of ['1.7.10', '1.8.7', '1.9.0'])
    expect(listsProjectsAlways(`packer/${version}`)).toBe(true)
  for (const client of ['packer/1.9.1', 'packer/1.16.0', 'curl', ''])
    expect(listsProjectsAlways(client)).toBe(false)
})
