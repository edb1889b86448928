import { expect, test } from 'vitest'
import { candidatesOf, candidateText, fitting } from './artifact-choice.ts'

const builds: Parameters<typeof candidatesOf>[0] = [
  {
    ...{ id: '1', platform: 'aws', componentType: 'ebs.web', labels: { arch: 'arm' } },
    artifacts: [
      { externalIdentifier: 'ami-1', region: 'us' },
      { externalIdentifier: 'ami-2', region: 'eu' },
    ],
  },
  {
    ...{ id: '2', platform: 'docker', componentType: 'docker.web', labels: {} },
    artifacts: [{ externalIdentifier: 'sha256:3', region: '' }],
  },
]
const ids = (wish: Parameters<typeof fitting>[1]) =>
  fitting(candidatesOf(builds), wish).map((each) => each.externalIdentifier)

test('every part of a wish must fit, and no part is as good as any', () => {
  expect(ids({})).toEqual(['ami-1', 'ami-2', 'sha256:3'])
  expect(ids({ platform: 'aws' })).toEqual(['ami-1', 'ami-2'])
  expect(ids({ platform: 'aws', region: 'eu' })).toEqual(['ami-2'])
  expect(ids({ component: 'docker.web' })).toEqual(['sha256:3'])
  expect(ids({ labels: { arch: 'arm' }, region: 'us' })).toEqual(['ami-1'])
  expect(ids({ labels: { arch: 'x86' } })).toEqual([])
})

test('no label comes from what every object has', () => {
  expect(ids({ labels: { constructor: 'Object' } })).toEqual([])
})

test('an image in a sentence leaves out what is empty', () => {
  expect(candidatesOf(builds).map(candidateText)).toEqual([
    'aws us ami-1 (ebs.web)',
    'aws eu ami-2 (ebs.web)',
    'docker sha256:3 (docker.web)',
  ])
})
