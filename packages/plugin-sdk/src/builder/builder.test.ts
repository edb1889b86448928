import { setTimeout as sleep } from 'node:timers/promises'
import { ARTIFACT_STATE_URI, fromArtifact, type ImageInput, withRegion, withSourceId } from '@ingot/image'
import type { HookCall } from '@ingot/plugin-rpc'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { config } from '../config/config.ts'
import { testBuilder } from '../testing/test-builder.ts'
import type { TestBuildError } from '../testing/test-error.ts'
import { type BuilderDefinition, type BuildResult, defineBuilder } from './definition.ts'

const settings = config({
  source: config.string().default('base'),
  token: config.string().sensitive(),
  level: config.number().between(1, 9).default(6),
})
type Settings = typeof settings
type Run = BuilderDefinition<Settings>['run']

const image: ImageInput = { imageId: 'img-1', providerName: 'happy', sourceImageId: 'base' }
const result: BuildResult = { id: 'img-1', images: image }

function builder(run: Run, more: Partial<BuilderDefinition<Settings>> = {}) {
  return testBuilder(defineBuilder({ config: settings, run, ...more }))
}

async function failure(running: Promise<unknown>): Promise<TestBuildError> {
  return running.then(
    () => {
      throw new Error('The build did not fail')
    },
    (error) => error,
  )
}

describe('an artifact', () => {
  test('answers the metadata by itself', async () => {
    const build = await builder(() => result).run({})
    expect(build.images).toEqual([{ ...image, providerRegion: '', labels: {} }])
    expect(await build.artifact.state(ARTIFACT_STATE_URI)).toEqual([
      { ImageID: 'img-1', ProviderName: 'happy', ProviderRegion: '', Labels: {}, SourceImageID: 'base' },
    ])
  })

  test('answers what the result says, and is destroyed when asked', async () => {
    let destroyed = 0
    const made: BuildResult = {
      ...result,
      builderId: 'happy.cloud',
      description: 'An image of happiness',
      files: ['/tmp/a.tar'],
      data: { Checksum: 'abc', Size: 5 },
      state: (name) => (name === 'flavour' ? { sweet: true } : undefined),
      destroy() {
        destroyed += 1
      },
    }
    const { artifact } = await builder(() => made).run({})
    expect(artifact).toMatchObject({
      builderId: 'happy.cloud',
      id: 'img-1',
      description: 'An image of happiness',
      files: ['/tmp/a.tar'],
    })
    expect(await artifact.state('flavour')).toEqual({ sweet: true })
    expect((await artifact.state('unheard-of')) ?? undefined).toBeUndefined()
    expect(await artifact.state('generated_data')).toMatchObject({
      Checksum: 'abc',
      Size: 5,
      ConnType: 'none',
    })
    await artifact.destroy()
    expect(destroyed).toBe(1)
  })

  test('takes the builder’s id where the result has none', async () => {
    expect((await builder(() => result, { builderId: 'acme.happy' }).run({})).artifact.builderId).toBe(
      'acme.happy',
    )
  })

  test('tells a failing destroy', async () => {
    const { artifact } = await builder(() => ({ ...result, destroy: () => Promise.reject('stuck') })).run({})
    await expect(artifact.destroy()).rejects.toThrow('stuck')
  })
})

describe('images', () => {
  test('published as they come to be are added to those returned', async () => {
    const build = await builder(({ publishImages }) => {
      publishImages({ ...image, providerRegion: 'eu' })
      publishImages([{ ...image, providerRegion: 'us' }])
      return { id: 'img-1', images: { ...image, providerRegion: 'ap' } }
    }).run({})
    expect(build.images.map((each) => each.providerRegion)).toEqual(['eu', 'us', 'ap'])
  })

  test('answered by hand in either form are published', async () => {
    class Artifact implements BuildResult {
      readonly id = 'img-2'
      readonly builderId = 'happy'
      state(name: string) {
        if (name === ARTIFACT_STATE_URI) return fromArtifact(this, withRegion('eu'), withSourceId('base'))
      }
    }
    const byHand = await builder(() => new Artifact()).run({})
    expect(byHand.images).toMatchObject([{ imageId: 'img-2', providerName: 'happy', providerRegion: 'eu' }])
    const encoded = await builder(() => ({
      id: 'x',
      state: async () => ({ ImageID: 'img-3', ProviderName: 'happy', SourceImageID: 'base' }),
    })).run({})
    expect(encoded.images).toMatchObject([{ imageId: 'img-3' }])
  })

  test.each<[string, BuildResult, string]>([
    [
      'none',
      { id: 'a' },
      "The builder returned no images, so a registry could not list the build. Return its images, or say images: 'none'",
    ],
    ['an empty list', { id: 'a', images: [] }, 'The builder returned no images'],
    [
      'no provider',
      { id: 'a', images: { ...image, providerName: '' } },
      'The image cannot be published: providerName: is empty; set it',
    ],
    [
      'a wrong second',
      { id: 'a', images: [image, { ...image, imageId: '' }] },
      'Image 2 of 2 cannot be published: imageId: is empty',
    ],
    [
      'a number for a label',
      { id: 'a', images: { ...image, labels: { n: 1 as never } } },
      'labels[n]: must be a string',
    ],
    [
      'a wrong field by hand',
      { id: 'a', state: () => ({ ImageID: 'a', ProviderName: 'b', image_id: 'c' }) },
      'has fields that Packer drops: [0].image_id',
    ],
    ['nothing by hand', { id: 'a', state: () => [] }, 'holds no images'],
    ['no id', { ...result, id: '' }, 'The build returned no id'],
  ])('%s: the build fails with what to do', async (_, returned, message) => {
    expect((await failure(builder(() => returned).run({}))).message).toContain(message)
  })

  test('invalid ones fail where they are published', async () => {
    const run = builder(({ publishImages }) => {
      publishImages({ ...image, imageId: '' })
      return result
    }).run({})
    expect((await failure(run)).message).toContain('imageId: is empty')
  })

  test('may be said to be none, by the builder or by one result', async () => {
    expect((await builder(() => ({ id: 'a' }), { images: 'none' }).run({})).images).toEqual([])
    expect((await builder(() => ({ id: 'a', images: 'none' })).run({})).images).toEqual([])
    expect((await builder(() => undefined, { images: 'none' }).run({})).artifact.id).toBe('')
    const contradiction = await failure(builder(() => result, { images: 'none' }).run({}))
    expect(contradiction.message).toContain("says images: 'none', but returned images")
    expect((await failure(builder(() => undefined).run({}))).message).toContain('returned nothing')
  })

  test('that name no source bring a warning, unless the builder says there is none', async () => {
    const sourceless = () => ({ id: 'a', images: { imageId: 'a', providerName: 'b' } })
    expect((await builder(sourceless).run({})).output).toContain('Warning: an image names no source image')
    expect((await builder(sourceless, { sourceImage: 'none' }).run({})).output).toBe('')
    expect((await builder(() => result).run({})).output).toBe('')
  })
})

describe('what the user reads', () => {
  test('comes in the order it was said, without awaiting', async () => {
    const build = await builder(({ ui }) => {
      for (let line = 0; line < 200; line += 1) void (line % 3 ? ui.say(`${line}`) : ui.error(`${line}`))
      return result
    }).run({})
    expect(build.output.split('\n')).toEqual(Array.from({ length: 200 }, (_, line) => `${line}`))
  })

  test('never holds a sensitive value', async () => {
    const build = await builder(async ({ ui, config: { token }, provision }) => {
      void ui.say(`token ${token}`)
      void ui.error(`token ${token}`)
      void ui.machine('token', [String(token)])
      await provision()
      return result
    }).run({ token: 's3cret' }, { provision: ({ ui }) => ui.say('provisioner s3cret') })
    expect(build.output).not.toContain('s3cret')
    expect(build.output.match(/<sensitive>/g)).toHaveLength(4)
  })

  test('of a failure holds none either', async () => {
    const run = builder(({ config: { token } }) => Promise.reject(new Error(`refused ${token}`)))
    expect((await failure(run.run({ token: 's3cret' }))).message).toBe('refused <sensitive>')
  })

  test('asking is told that nobody answers', async () => {
    const run = builder(async ({ ui }) => ({ ...result, id: await ui.ask('Which?') })).run({})
    expect((await failure(run)).message).toContain('Nobody can answer in a test: Which?')
  })
})

describe('errors of the author', () => {
  test.each([
    [
      () => {
        throw new Error('disk full')
      },
      'disk full',
    ],
    [
      () => Promise.reject(new Error('cannot pack', { cause: new Error('disk full') })),
      'cannot pack: disk full',
    ],
    [
      () => {
        throw 'just text'
      },
      'just text',
    ],
    [() => Promise.reject(undefined), 'undefined was thrown'],
    [
      () => {
        throw { code: 7 }
      },
      '{ code: 7 } was thrown',
    ],
    [
      () => (undefined as never as { x: { y: BuildResult } }).x.y,
      "TypeError: Cannot read properties of undefined (reading 'x')",
    ],
  ])('%s is one readable message', async (run: Run, message) => {
    expect((await failure(builder(run).run({}))).message).toBe(message)
  })
})

describe('prepare', () => {
  test('refuses a configuration with all that is wrong', async () => {
    const run = builder(() => result).run({ level: 12, levle: 1 } as never)
    expect((await failure(run)).message).toBe(
      'The configuration has 2 errors:\n\n* levle: not known; did you mean "level"?\n* level: must be between 1 and 9, not 12',
    )
  })

  test('of the author may warn and refuse', async () => {
    const careful = builder(() => result, {
      prepare({ config: { level, token }, packer, warn }) {
        if (level > 8) warn(`${packer.buildName}: level ${level} is slow with ${token}`)
        if (level === 1) throw new Error('level 1 needs a licence')
      },
    })
    expect((await careful.run({ level: 9, token: 's3cret' })).warnings).toEqual([
      'test: level 9 is slow with <sensitive>',
    ])
    expect((await failure(careful.prepare({ level: 1 }))).message).toBe('level 1 needs a licence')
  })
})

describe('provisioning', () => {
  const generating = defineBuilder({
    config: settings,
    generates: ['TarPath'],
    async run({ provision }) {
      await provision({ data: { TarPath: '/tmp/x.tar' } })
      return result
    },
  })

  test('hands the standard data and the builder’s own', async () => {
    const calls: HookCall[] = []
    const build = await testBuilder(generating).run({}, { provision: (call) => void calls.push(call) })
    expect(calls.map((call) => call.name)).toEqual(['packer_provision'])
    expect(calls[0]!.data).toEqual({
      ID: 'ERR_ID_NOT_IMPLEMENTED_BY_BUILDER',
      PackerRunUUID: process.env['PACKER_RUN_UUID'] ?? '',
      PackerHTTPIP: 'ERR_HTTP_IP_NOT_IMPLEMENTED_BY_BUILDER',
      PackerHTTPPort: 'ERR_HTTP_PORT_NOT_IMPLEMENTED_BY_BUILDER',
      PackerHTTPAddr: 'ERR_HTTP_ADDR_NOT_IMPLEMENTED_BY_BUILDER',
      Host: '',
      Port: 0,
      User: '',
      Password: '',
      ConnType: 'none',
      SSHPublicKey: '',
      SSHPrivateKey: '',
      SSHPrivateKeyFile: '',
      SSHAgentAuth: false,
      WinRMPassword: '',
      TarPath: '/tmp/x.tar',
    })
    expect(await build.artifact.state('generated_data')).toMatchObject({ ID: 'img-1', TarPath: '/tmp/x.tar' })
  })

  test('without what the builder generates is refused, by the compiler and at run time', async () => {
    const forgetful = defineBuilder({
      config: settings,
      generates: ['TarPath'],
      async run({ provision }) {
        // @ts-expect-error TarPath is missing
        await provision({ data: {} })
        return result
      },
    })
    expect((await failure(testBuilder(forgetful).run({}))).message).toContain('was given no TarPath')
    expectTypeOf(forgetful.kind).toEqualTypeOf<'builder'>()
  })

  test('with data that Packer stops at is refused', async () => {
    const run = builder(async ({ provision }) => {
      await provision({ data: { Nested: {} as never } })
      return result
    }).run({})
    expect((await failure(run)).message).toContain(
      'The build variable Nested must be text, a number or a boolean',
    )
  })

  test('that fails runs the clean-up provisioner and fails the build', async () => {
    const names: string[] = []
    const run = testBuilder(generating).run(
      {},
      {
        provision({ name }) {
          names.push(name)
          if (name === 'packer_provision') throw new Error('script exited with 3')
        },
      },
    )
    const error = await failure(run)
    expect(error.message).toBe('script exited with 3')
    expect(error.output).toContain('Running the cleanup provisioner')
    expect(names).toEqual(['packer_provision', 'packer_cleanup_provision'])
  })

  test('whose clean-up fails too tells both', async () => {
    const run = testBuilder(generating).run(
      {},
      {
        provision: ({ name }) => Promise.reject(new Error(`${name} broke`)),
      },
    )
    const { message } = await failure(run)
    expect(message).toContain('packer_cleanup_provision broke')
    expect(message).toContain('packer_provision broke')
  })

  test('that the author does not wait for is waited for all the same', async () => {
    const events: string[] = []
    await builder(({ provision, cleanup }) => {
      cleanup(() => void events.push('cleaned up'))
      void provision()
      return result
    }).run({}, { provision: () => sleep(50).then(() => void events.push('provisioned')) })
    expect(events).toEqual(['provisioned', 'cleaned up'])
  })
})

describe('the end of a build', () => {
  test.each([
    ['', ['packer_provision', 'packer_cleanup_provision', 'cleaned up']],
    ['run-cleanup-provisioner', ['packer_provision', 'packer_cleanup_provision']],
    ['abort', ['packer_provision']],
  ])('that failed with -on-error=%s does %j', async (onError, expected) => {
    const events: string[] = []
    const run = builder(async ({ provision, cleanup }) => {
      cleanup(() => void events.push('cleaned up'))
      await provision()
      return result
    }).run(
      {},
      {
        packer: { packer_on_error: onError },
        provision({ name }) {
          events.push(name)
          if (name === 'packer_provision') throw new Error('broken')
        },
      },
    )
    const { message, output } = await failure(run)
    expect(message).toBe('broken')
    expect(events).toEqual(expected)
    expect(output.includes('Cleaning nothing up')).toBe(onError !== '')
  })

  test('runs the clean-ups from the last to the first and says how it ended', async () => {
    const events: string[] = []
    const run: Run = ({ cleanup, ui }) => {
      cleanup((outcome) => void events.push(`first ${outcome}`))
      cleanup(() => Promise.reject(new Error('stuck')))
      cleanup((outcome) => void events.push(`last ${outcome}`))
      void ui.say('done')
      return result
    }
    expect((await builder(run).run({})).output).toBe('done\nCleaning up failed: stuck')
    const { message } = await failure(
      builder((build) => Promise.resolve(run(build)).then(() => Promise.reject('no'))).run({}),
    )
    expect(message).toBe('no')
    expect(events).toEqual(['last done', 'first done', 'last failed', 'first failed'])
  })

  test('of a cancelled one waits for its provisioners, then cleans up', async () => {
    const stop = new AbortController()
    const events: string[] = []
    const run = builder(async ({ provision, signal, cleanup }) => {
      cleanup((outcome) => void events.push(`clean-up ${outcome}`))
      signal.addEventListener('abort', () => events.push('signal'))
      try {
        await provision()
      } finally {
        events.push('author')
      }
      return result
    }).run(
      {},
      {
        signal: stop.signal,
        async provision({ signal }) {
          stop.abort()
          while (!signal.aborted) await sleep(5)
          await sleep(60)
          events.push('provisioner')
        },
      },
    )
    expect((await failure(run)).message).toBe('The build was cancelled.')
    expect(events).toEqual(['signal', 'provisioner', 'author', 'clean-up cancelled'])
  })

  test('of a cancelled one whose author does not wait keeps the same order', async () => {
    const stop = new AbortController()
    const events: string[] = []
    const run = builder(async ({ provision, signal, cleanup }) => {
      cleanup(() => void events.push('clean-up'))
      const aborted = new Promise<never>((_, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason)),
      )
      await Promise.race([provision(), aborted])
      return result
    }).run(
      {},
      {
        signal: stop.signal,
        async provision() {
          stop.abort()
          await sleep(60)
          events.push('provisioner')
        },
      },
    )
    expect((await failure(run)).message).toBe('The build was cancelled.')
    expect(events).toEqual(['provisioner', 'clean-up'])
  })

  test('of one that was cancelled before it began starts nothing', async () => {
    let started = false
    const run = builder(() => {
      started = true
      return result
    }).run({}, { signal: AbortSignal.abort() })
    await failure(run)
    expect(started).toBe(false)
  })

  test('that came before the cancellation was noticed takes back what was made', async () => {
    const stop = new AbortController()
    let destroyed = false
    const run = builder(async ({ signal }) => {
      stop.abort()
      while (!signal.aborted) await sleep(5)
      return {
        ...result,
        destroy() {
          destroyed = true
        },
      }
    }).run({}, { signal: stop.signal })
    expect((await failure(run)).message).toBe('The build was cancelled.')
    expect(destroyed).toBe(true)
  })
})

test('what is left verbatim is filled in when the author says, with what provisioners got by then', async () => {
  const scripted = defineBuilder({
    config: config({ script: config.string().required().verbatim() }),
    images: 'none',
    async run({ config: { script }, render, provision }) {
      await provision({ data: { Path: '/dev/sda' } })
      return { id: render(script, { data: { Size: 5 } }) }
    },
  })
  const script = '{{ build_name }} {{ build `Path` }} {{ .Size }} {{ user `x` }}'
  const packer = { packer_user_variables: { x: 'y' } }
  expect((await testBuilder(scripted).run({ script }, { packer })).artifact.id).toBe('test /dev/sda 5 y')
})

test('one configuration does not show in the next', async () => {
  const mutating = defineBuilder({
    config: config({ regions: config.list(config.string()).default(['eu']) }),
    run({ config: { regions } }) {
      ;(regions as string[]).push('us')
      return { id: regions.join(), images: image }
    },
  })
  expect((await testBuilder(mutating).run({})).artifact.id).toBe('eu,us')
  expect((await testBuilder(mutating).run({})).artifact.id).toBe('eu,us')
})
