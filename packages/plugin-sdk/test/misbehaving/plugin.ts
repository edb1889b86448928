import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import {
  type Build,
  type BuildResult,
  config,
  defineBuilder,
  defineDatasource,
  definePlugin,
  definePostProcessor,
  defineProvisioner,
  localShell,
  serve,
} from '@ingot/plugin-sdk'

/** A plugin whose components each do one thing that their authors should not; run it, and it serves. */

type Run = (build: Build<unknown>) => unknown

const made: BuildResult = { id: 'image-1', images: { imageId: 'image-1', providerName: 'test' } }
const forever = () => new Promise<never>(() => {})
const abortGrace = '300ms'

const builder = (run: Run) =>
  defineBuilder({
    config: config({}),
    sourceImage: 'none',
    abortGrace,
    run: async (build) => ((await run(build)) ?? made) as BuildResult,
  })

/** Takes no notice of its signal. */
async function deaf({ ui, signal }: Pick<Build<unknown>, 'ui' | 'signal'>): Promise<never> {
  await ui.say(`deaf to ${signal.aborted}`)
  return forever()
}

/** Has a command run that does not end, and says which process it is. */
async function commanding({ ui }: Build<unknown>, command: string): Promise<never> {
  const stdout = new PassThrough()
  await localShell().start({ command, stdout })
  const [pid] = await once(stdout, 'data')
  await ui.say(`running ${String(pid).trim()}`)
  return forever()
}

const builders: Record<string, Run> = {
  throws: () => {
    throw new Error('the disk is full')
  },
  rejects: () => Promise.reject(new Error('cannot pack', { cause: new Error('the disk is full') })),
  'throws-text': () => {
    throw 'the disk is full'
  },
  'throws-nothing': () => Promise.reject(undefined),
  'throws-later': () => {
    setTimeout(() => {
      throw new Error('the disk is full')
    })
    return forever()
  },
  'forgets-a-promise': () => {
    void Promise.reject(new Error('the disk is full'))
    return forever()
  },
  exits: () => process.exit(3),
  'without-id': () => ({ ...made, id: '' }),
  'without-provider': () => ({ ...made, images: { imageId: 'image-1' } }),
  'without-images': () => ({ id: 'image-1' }),
  deaf,
  'deaf-in-clean-up': async ({ cleanup, ui, signal }) => {
    cleanup(forever)
    await ui.say('running')
    if (!signal.aborted) await once(signal, 'abort')
    throw signal.reason
  },
  floods: ({ ui }) => {
    for (let line = 0; line < 300_000; line++) void ui.say(`${line} ${'x'.repeat(200)}`)
  },
  'floods-politely': async ({ ui }) => {
    for (let line = 0; line < 2_000; line++) await ui.say(`${line} ${'x'.repeat(10_000)}`)
  },
  'takes-uploads': ({ provision }) =>
    provision({
      communicator: {
        ...localShell(),
        // Takes the beginning, and no more.
        upload: async ({ source }) => {
          await once(source, 'readable')
          source.read()
          return forever()
        },
      },
    }),
  commands: (build) => commanding(build, 'echo $$; sleep 300'),
  'commands-the-deaf': (build) => commanding(build, `trap '' TERM; echo $$; sleep 300 & wait; wait`),
}

const run = deaf
const plugin = definePlugin({
  name: 'misbehaving',
  version: '1.0.0',
  builders: Object.fromEntries(Object.entries(builders).map(([name, run]) => [name, builder(run)])),
  provisioners: {
    deaf: defineProvisioner({ config: config({}), abortGrace, run }),
    uploads: defineProvisioner({
      config: config({}),
      run: ({ communicator }) => communicator.upload('/large', Buffer.alloc(50_000_000)),
    }),
  },
  postProcessors: { deaf: definePostProcessor({ config: config({}), abortGrace, run }) },
  datasources: {
    deaf: defineDatasource({ config: config({}), output: config({}), abortGrace, execute: forever }),
  },
})

await serve(plugin)
