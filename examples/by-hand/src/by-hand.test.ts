import { ARTIFACT_STATE_URI } from '@ingot/image'
import { testBuilder } from '@ingot/plugin-sdk'
import { expect, test } from 'vitest'
import { copied } from './copied.ts'
import { plugin } from './plugin.ts'
import { simple } from './simple.ts'

test('the simple form publishes the artifact’s own id and builder id', async () => {
  const { images, artifact, output } = await testBuilder(simple).run({ image_name: 'img-1' })
  expect(images).toEqual([
    { imageId: 'img-1', providerName: 'happy-cloud', providerRegion: '', labels: {}, sourceImageId: '' },
  ])
  expect(await artifact.state(ARTIFACT_STATE_URI)).toMatchObject({
    ImageID: 'img-1',
    ProviderName: 'happy-cloud',
  })
  expect(output).toBe('')
})

test('the form with overrides publishes what they say, for every copy', async () => {
  const settings = { image_name: 'img', source_image: 'base-1', regions: ['north', 'south'] }
  const { images, artifact } = await testBuilder(copied).run(settings)
  expect(artifact).toMatchObject({ builderId: 'happy-cloud.copied', id: 'north:img-north,south:img-south' })
  expect(images).toEqual(
    ['north', 'south'].map((region) => ({
      imageId: `img-${region}`,
      providerName: 'happy-cloud',
      providerRegion: region,
      labels: { source_image: 'base-1' },
      sourceImageId: 'base-1',
    })),
  )
  expect(await artifact.state('size_gb')).toBe(8)
})

test('both are builders of one plugin', () => {
  expect(Object.keys(plugin.builders)).toEqual(['simple', 'copied'])
})
