import { setTimeout as sleep } from 'node:timers/promises'
import { ARTIFACT_STATE_URI, type ImageInput } from '@ingot/image'
import { describe, expect, test } from 'vitest'
import { config } from '../config/config.ts'
import type { TestBuildError } from '../testing/test-error.ts'
import { testPostProcessor } from '../testing/test-post-processor.ts'
import { definePostProcessor, type InputArtifact, type PostProcessorDefinition } from './definition.ts'

const settings = config({
  name: config.string().default('out'),
  level: config.number().between(1, 9).default(6),
  token: config.string().sensitive(),
})
type Settings = typeof settings
type Run = PostProcessorDefinition<Settings>['run']

const image: ImageInput = { imageId: 'img-1', providerName: 'happy', sourceImageId: 'base' }
const input = {
  id: 'vm-1',
  builderId: 'qemu',
  description: 'a machine',
  files: ['disk.img'],
  images: image,
  data: { Host: '10.0.0.1' },
  state: (name: string) => (name === 'flavour' ? 'sweet' : undefined),
}

function processor(run: Run, more: Partial<PostProcessorDefinition<Settings>> = {}) {
  return testPostProcessor(definePostProcessor({ config: settings, run, ...more }))
}

async function failure(running: Promise<unknown>): Promise<TestBuildError> {
  return running.then(
    () => {
      throw new Error('The post-processor did not fail')
    },
    (error) => error,
  )
}

test('gets the artifact as the builder made it, and what the builder tells', async () => {
  let got: InputArtifact | undefined
  await processor(async ({ artifact, data, packer }) => {
    got = artifact
    expect(artifact).toMatchObject({
      id: 'vm-1',
      builderId: 'qemu',
      description: 'a machine',
      files: ['disk.img'],
    })
    expect(await artifact.state('flavour')).toBe('sweet')
    expect(await artifact.state('unheard-of')).toBeUndefined()
    expect(await artifact.images()).toMatchObject([image])
    expect(data).toMatchObject({ Host: '10.0.0.1', ConnType: 'none' })
    expect(packer.buildName).toBe('test')
  }).run({}, { artifact: input })
  expect(got?.id).toBe('vm-1')
  await processor(async ({ artifact }) => {
    expect(await artifact.images()).toEqual([])
  }).run({}, {})
})

describe('nothing returned', () => {
  test('lets the artifact go on as it is, kept whatever the template says', async () => {
    for (const keepInputArtifact of [undefined, true, false]) {
      const done = await processor(() => undefined).run(
        {},
        {
          artifact: input,
          ...(keepInputArtifact === undefined ? {} : { keepInputArtifact }),
        },
      )
      expect(done).toMatchObject({ inputKept: true, images: [image] })
      expect(done.artifact).toMatchObject({ id: 'vm-1', builderId: 'qemu', files: ['disk.img'] })
    }
  })
})

describe('a new artifact', () => {
  const made = { id: 'new-1', files: ['disk.gz'], data: { Size: 5 } }

  test('answers for itself alone, and hands on what the builder told', async () => {
    const { artifact, images } = await processor(() => made).run({}, { artifact: input })
    expect(artifact).toMatchObject({
      builderId: 'test',
      id: 'new-1',
      description: 'new-1\ndisk.gz',
      files: ['disk.gz'],
    })
    expect(await artifact.state('flavour')).toBeUndefined()
    expect(await artifact.state('generated_data')).toMatchObject({ Host: '10.0.0.1', Size: 5 })
    expect(images).toEqual([])
  })

  test('names images, a builder and states of its own, and is destroyed when asked', async () => {
    let destroyed = 0
    const { artifact, images } = await processor(
      () => ({
        ...made,
        images: [image, { ...image, providerRegion: 'eu' }],
        state: (name: string) => (name === 'mood' ? 'good' : undefined),
        destroy() {
          destroyed += 1
        },
      }),
      { builderId: 'acme.compress' },
    ).run({}, { artifact: input })
    expect(images.map(({ providerRegion }) => providerRegion)).toEqual(['', 'eu'])
    expect(await artifact.state('mood')).toBe('good')
    expect(artifact.builderId).toBe('acme.compress')
    await artifact.destroy()
    expect(destroyed).toBe(1)
  })

  test.each([
    [{}, undefined, true],
    [{}, false, false],
    [{ keepInput: false }, undefined, false],
    [{ keepInput: false }, true, true],
    [{ keepInput: false, forceOverride: true }, undefined, false],
    [{ forceOverride: true }, false, true],
  ])('returned with %j where the template says %s: kept %s', async (how, keepInputArtifact, inputKept) => {
    const options = keepInputArtifact === undefined ? {} : { keepInputArtifact }
    const done = await processor(() => ({ ...made, ...how })).run({}, { artifact: input, ...options })
    expect(done.inputKept).toBe(inputKept)
  })
})

describe('what derives from the artifact', () => {
  test('answers as it did where nothing else is said', async () => {
    const { artifact, images, inputKept } = await processor(({ artifact }) => ({ from: artifact })).run(
      {},
      { artifact: input, keepInputArtifact: false },
    )
    expect(artifact).toMatchObject({
      builderId: 'qemu',
      id: 'vm-1',
      description: 'a machine',
      files: ['disk.img'],
    })
    expect(images).toMatchObject([image])
    expect(await artifact.state('flavour')).toBe('sweet')
    expect(await artifact.state('generated_data')).toMatchObject({ Host: '10.0.0.1' })
    expect(inputKept).toBe(true)
  })

  test('answers what is said instead', async () => {
    const other = { ...image, imageId: 'img-2' }
    const { artifact, images } = await processor(({ artifact }) => ({
      from: artifact,
      id: 'vm-2',
      images: other,
      data: { Extra: true },
      state: (name) => (name === 'flavour' ? 'sour' : undefined),
      forceOverride: false,
    })).run({}, { artifact: input })
    expect(artifact).toMatchObject({ builderId: 'qemu', id: 'vm-2', description: 'vm-2\ndisk.img' })
    expect(images).toMatchObject([other])
    expect(await artifact.state('flavour')).toBe('sour')
    expect(await artifact.state('generated_data')).toMatchObject({ Host: '10.0.0.1', Extra: true })
  })

  test('can withhold its images', async () => {
    const done = await processor(({ artifact }) => ({ from: artifact, images: 'none' })).run(
      {},
      { artifact: input },
    )
    expect(done.images).toEqual([])
    expect(await done.artifact.state(ARTIFACT_STATE_URI)).toBeUndefined()
  })

  test('has nothing of its own to destroy', async () => {
    const { artifact } = await processor(({ artifact }) => ({ from: artifact })).run({}, { artifact: input })
    await artifact.destroy()
  })
})

describe('a wrong result', () => {
  test.each<[Run, string]>([
    [() => ({ id: '' }), 'The post-processor returned no id'],
    [
      () => ({ id: 'a', images: { ...image, providerName: '' } }),
      'The image cannot be published: providerName: is empty',
    ],
    [() => ({ id: 'a', images: [] }), 'holds no images'],
    [() => ({ id: 'a', data: { Nested: {} as never } }), 'The build variable Nested must be text'],
    [
      ({ artifact }) => ({ from: { ...artifact } as never }),
      'derives from an artifact that is not the one of this run',
    ],
    [() => Promise.reject(new Error('disk full')), 'disk full'],
    [({ config: { token } }) => Promise.reject(new Error(`refused ${token}`)), 'refused <sensitive>'],
  ])('%s is told', async (run, message) => {
    expect((await failure(processor(run).run({ token: 's3cret' }, { artifact: input }))).message).toContain(
      message,
    )
  })
})

test('the configuration reads build variables, with every check at the end', async () => {
  const names: string[] = []
  const named = processor(({ config }) => void names.push(config.name), {
    prepare: ({ config }) => void names.push(config.name),
  })
  await named.run({ name: '{{ build `Host` }}' }, { template: 'json', artifact: input })
  expect(names).toEqual(['<unknown>', '10.0.0.1'])
  await expect(named.configure({ name: '{{ build `Hots` }}' }, { template: 'json' })).rejects.toThrow(
    'did you mean "Host"?',
  )
  await expect(named.configure({ level: 12 })).rejects.toThrow('level: must be between 1 and 9, not 12')
})

test('warnings are said when it runs', async () => {
  const careful = processor(({ ui }) => void ui.say('running'), { prepare: ({ warn }) => warn('slow') })
  expect((await careful.run({})).output).toBe('Warning: slow\nrunning')
})

test('a cancelled one takes back what it had made', async () => {
  const user = new AbortController()
  let destroyed = false
  const run = processor(async ({ signal }) => {
    user.abort()
    while (!signal.aborted) await sleep(5)
    return {
      id: 'a',
      destroy() {
        destroyed = true
      },
    }
  }).run({}, { signal: user.signal })
  expect((await failure(run)).message).toBe('The build was cancelled.')
  expect(destroyed).toBe(true)
})
