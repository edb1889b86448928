import { expect, test } from 'vitest'
import { newestLabelled } from './labelled-build.ts'

const artifact = (region: string) => ({
  id: region,
  externalIdentifier: `ami-${region}`,
  region,
  createdAt: 0,
})
const build = (
  id: string,
  updatedAt: number,
  labels: Record<string, string>,
  regions: readonly string[],
) => ({
  ...{ id, updatedAt, labels, platform: id.split('-')[0]!, artifacts: regions.map(artifact) },
})
const builds = [
  build('aws-1', 1, { os: 'linux', team: 'a' }, ['us', 'eu']),
  build('aws-2', 2, { os: 'linux' }, ['us']),
  build('gce-3', 3, { os: 'linux' }, ['eu']),
  build('aws-4', 4, { os: 'linux' }, []),
]

test.each([
  [{ labels: {} }, 'gce-3'],
  [{ labels: { os: 'linux' }, platform: 'aws' }, 'aws-2'],
  [{ labels: { os: 'linux' }, platform: 'aws', region: 'eu' }, 'aws-1'],
  [{ labels: { team: 'a', os: 'linux' } }, 'aws-1'],
  [{ labels: { team: 'b' } }, undefined],
  [{ labels: { toString: 'x' } }, undefined],
  [{ labels: { os: 'linux' }, region: 'ap' }, undefined],
])('of the builds that fit %j the one changed last is %s', (wish, id) => {
  expect(newestLabelled(builds, wish)?.id).toBe(id)
})

test('only artifacts of the wanted region are shown', () => {
  const found = newestLabelled(builds, { labels: { team: 'a' }, region: 'eu' })
  expect(found?.artifacts.map(({ id }) => id)).toEqual(['eu'])
})
