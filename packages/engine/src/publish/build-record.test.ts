import { image } from '@ingot/image'
import { expect, test } from 'vitest'
import type { ResolvedParent } from '../parent.ts'
import { recordOf } from './build-record.ts'

const one = image({ imageId: 'ami-1', providerName: 'aws', providerRegion: 'us-east-1' })

const parent = (versionId: string, imageId: string, channelId?: string): ResolvedParent => ({
  bucket: 'base',
  versionId,
  versionName: 'v1',
  fingerprint: 'f',
  ...(channelId === undefined ? {} : { channelId }),
  artifacts: [{ imageId, platform: 'aws', region: '', component: 'c', labels: {} }],
})

test('equal images count once, the first names the platform, later labels win', () => {
  const record = recordOf(
    [
      { ...one, labels: { a: '1', b: '1' } },
      { ...one, labels: { b: '2' } },
      { ...one, providerRegion: 'eu-west-1' },
      { ...one, providerName: 'azure' },
    ],
    { component: 'x.web', buildLabels: { a: '0', team: 'web' } },
  )
  expect(record).toEqual({
    component: 'x.web',
    platform: 'aws',
    artifacts: [
      { imageId: 'ami-1', region: 'us-east-1' },
      { imageId: 'ami-1', region: 'eu-west-1' },
      { imageId: 'ami-1', region: 'us-east-1' },
    ],
    labels: { a: '1', b: '2', team: 'web' },
  })
})

test('the last source image that is named links the build to its parent', () => {
  const images = [
    { ...one, sourceImageId: 'ami-8' },
    { ...one, sourceImageId: 'ami-9' },
    { ...one, sourceImageId: '' },
  ] as const
  const parents = [parent('v8', 'ami-8'), parent('v9', 'ami-9', 'c9')]
  const record = recordOf(images, { component: 'x', parents })
  expect(record).toMatchObject({ sourceImageId: 'ami-9', parentVersionId: 'v9', parentChannelId: 'c9' })
  expect(recordOf(images, { component: 'x', parents: [parent('v8', 'AMI-9')] })).not.toHaveProperty(
    'parentVersionId',
  )
  expect(recordOf([one], { component: 'x', parents })).not.toHaveProperty('sourceImageId')
})
