import { spawn } from 'node:child_process'
import { appendFileSync, existsSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { list, map, string, type Type, toPlain } from '@ingot/cty'
import { ARTIFACT_STATE_URI, encodeImages } from '@ingot/image'
import {
  type Artifact,
  type BuildCall,
  type Builder,
  type ConfigElement,
  type ObjectSpec,
  servePlugin,
} from '@ingot/plugin-rpc'

/**
 * What the fixture's builder may be told. `conduct` says how it ends, `diary` where it writes what happens to it; it works
 * until the file `until` is there.
 */
interface Settings {
  readonly id: string
  readonly regions: readonly string[] | null
  readonly source_image: string | null
  readonly labels: Readonly<Record<string, string>> | null
  readonly until: string | null
  readonly conduct: 'build' | 'fail' | 'crash' | 'nothing' | 'bare' | 'stubborn' | 'refuse' | null
  readonly diary: string | null
}

const attr = (name: string, type: Type, required = false) => ({ kind: 'attr', name, type, required }) as const

const spec: ObjectSpec = {
  kind: 'object',
  attributes: {
    id: attr('id', string, true),
    regions: attr('regions', list(string)),
    source_image: attr('source_image', string),
    labels: attr('labels', map(string)),
    until: attr('until', string),
    conduct: attr('conduct', string),
    diary: attr('diary', string),
  },
}

class FixtureBuilder implements Builder {
  #settings: Settings | undefined

  async configSpec() {
    return spec
  }

  async prepare(configs: readonly ConfigElement[]) {
    const settings = configs.find((each) => each.kind === 'cty')
    const variables = configs.find((each) => each.kind === 'plain')
    this.#settings = toPlain(settings!.value) as unknown as Settings
    this.#write(`prepared ${JSON.stringify(variables?.data)}`)
    if (this.#settings.conduct === 'refuse') throw new Error('the id is taken')
    return { generatedVars: [], warnings: this.#settings.regions ? [] : ['no regions are set'] }
  }

  async run(build: BuildCall): Promise<Artifact | undefined> {
    const { conduct } = this.#settings!
    await build.ui.say(`making ${this.#settings!.id}`)
    const data = { ID: this.#settings!.id }
    await build.hook.run({
      name: 'packer_provision',
      ui: build.ui,
      communicator: undefined,
      data,
      signal: build.signal,
    })
    if (conduct === 'crash') process.exit(7)
    if (conduct === 'fail') throw new Error('the disk is full')
    if (conduct === 'stubborn') return this.#ignoreCancel(build.signal)
    await this.#work(build.signal)
    return conduct === 'nothing' ? undefined : this.#artifact()
  }

  async #work(signal: AbortSignal): Promise<void> {
    const { until } = this.#settings!
    this.#write('working')
    try {
      while (until && !existsSync(until)) await delay(20, undefined, { signal })
    } catch {
      this.#write('cleaning up')
      await delay(100)
      this.#write('clean')
      throw new Error('build was cancelled')
    }
  }

  /** Only the end of the process ends it, and it has a child of its own. */
  #ignoreCancel(signal: AbortSignal): Promise<never> {
    signal.addEventListener('abort', () => this.#write('not listening'))
    const child = spawn('sleep', ['300'], { stdio: 'ignore' })
    this.#write(`pids ${process.pid} ${child.pid}`)
    return new Promise(() => setInterval(() => undefined, 1000))
  }

  #artifact(): Artifact {
    const { id, regions, labels, source_image, conduct } = this.#settings!
    const images = (regions ?? ['here']).map((region) => ({
      imageId: `${id}-${region}`,
      providerName: 'fixture',
      providerRegion: region,
      labels: labels ?? {},
      sourceImageId: source_image ?? '',
    }))
    return {
      builderId: async () => 'ingot.fixture',
      id: async () => id,
      describe: async () => `fixture ${id}`,
      files: async () => [],
      state: async (name) =>
        name === ARTIFACT_STATE_URI && conduct !== 'bare' ? encodeImages(images) : undefined,
      destroy: async () => undefined,
    }
  }

  #write(line: string): void {
    const { diary } = this.#settings!
    if (diary) appendFileSync(diary, `${line}\n`)
  }
}

const plugin = {
  version: '1.2.3',
  sdkVersion: '0.6.10',
  builders: { image: () => new FixtureBuilder() },
  datasources: {},
}
process.exit(await servePlugin(plugin))
