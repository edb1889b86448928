import {
  config,
  defineBuilder,
  defineDatasource,
  definePlugin,
  definePostProcessor,
  defineProvisioner,
  type Provisioning,
} from '@ingot/plugin-sdk'
import { nowhere, zeros } from './zeros.ts'

/** What the plugin in `go-peer/` does, in TypeScript: next to nothing, and the jobs that its host asks for. */

const settings = config({ name: config.string() })

/** What the ui is told at a time. */
const LINE = 32_768

type Job = (run: Provisioning<unknown>, amount: number) => Promise<unknown>

const jobs: Readonly<Record<string, Job>> = {
  async calls({ ui }, amount) {
    for (let left = amount; left > 0; left--) await ui.say('x')
  },
  async ui({ ui }, amount) {
    const text = 'x'.repeat(LINE)
    for (let left = amount; left > 0; left -= LINE) await ui.say(text)
  },
  upload: ({ communicator }, amount) => communicator.upload('/file', zeros(amount)),
  download: ({ communicator }) => communicator.communicator.download({ path: '/file', target: nowhere() }),
  async command({ communicator }) {
    await (await communicator.start({ command: 'cat /file', stdout: nowhere() })).exitStatus
  },
}

export const plugin = definePlugin({
  name: 'tspeer',
  version: '1.0.0',
  builders: {
    noop: defineBuilder({
      config: settings,
      images: 'none',
      async run({ provision }) {
        await provision({ data: {} })
        return { id: 'nothing' }
      },
    }),
  },
  provisioners: {
    noop: defineProvisioner({ config: settings, run: () => {} }),
    jobs: defineProvisioner({
      config: settings,
      async run(run) {
        const { Job, Amount } = run.data
        const start = performance.now()
        await jobs[String(Job)]!(run, Number(Amount))
        await run.ui.error(String((performance.now() - start) / 1000))
      },
    }),
  },
  postProcessors: {
    noop: definePostProcessor({ config: settings, run: () => ({ id: 'nothing', images: 'none' }) }),
  },
  datasources: {
    noop: defineDatasource({ config: settings, output: settings, execute: () => ({ name: 'x' }) }),
  },
})
