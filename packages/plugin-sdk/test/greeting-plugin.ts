import { setTimeout as sleep } from 'node:timers/promises'
import {
  type BuildResult,
  config,
  DEFAULT_COMPONENT,
  defineBuilder,
  defineDatasource,
  definePlugin,
  definePostProcessor,
  defineProvisioner,
} from '@ingot/plugin-sdk'

const greeting = defineBuilder({
  config: config({
    name: config.string().required(),
    token: config.string().sensitive(),
    mode: config.string().oneOf('greet', 'log', 'callback', 'promise').default('greet'),
  }),
  sourceImage: 'none',
  async run({ config: { name, token, mode }, ui, cleanup }): Promise<BuildResult> {
    cleanup((outcome) => console.log(`cleaned up, ${outcome}`))
    void ui.say(`Hello ${name} from ${import.meta.url.slice(0, 7)}`)
    if (mode === 'log') console.log(`the token is ${token}`)
    if (mode === 'callback') setTimeout(() => refuseGreeting(token), 10)
    if (mode === 'promise') void sleep(10).then(() => refuseGreeting(token))
    if (mode === 'callback' || mode === 'promise') await sleep(60_000)
    return { id: `hello-${name}`, images: { imageId: `hello-${name}`, providerName: 'greeting' } }
  },
})

function refuseGreeting(token: string | undefined): never {
  throw new Error(`refused ${token}`)
}

const greeter = defineDatasource({
  config: config({}),
  output: config({ name: config.string() }),
  execute: () => ({ name: 'Ingot' }),
})

const waver = defineProvisioner({
  config: config({ hand: config.string().default('left') }),
  async run({ config, communicator }) {
    await communicator.runWithUi(`wave ${config.hand}`)
  },
})

const wrapper = definePostProcessor({
  config: config({ paper: config.string().required() }),
  run: ({ config, artifact }) => ({ from: artifact, description: `${artifact.id} in ${config.paper}` }),
})

/** A small plugin for the tests of what becomes of plugins. */
export const plugin = definePlugin({
  name: 'greeting',
  version: '1.2.3',
  builders: { [DEFAULT_COMPONENT]: greeting },
  provisioners: { waver },
  postProcessors: { wrapper },
  datasources: { greeter },
})
