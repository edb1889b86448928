import { isDeepStrictEqual } from 'node:util'
import {
  DEFAULT_COMPONENT,
  type ObjectSpec,
  type PluginDescription,
  type StartOptions,
  startPlugin,
} from '@ingot/plugin-rpc'
import { bad, good, type PluginFinding, reasonOf } from './plugin-finding.ts'

/** A component of a plugin's file. */
export interface CheckedComponent {
  readonly file: string
  readonly kind: 'builder' | 'provisioner' | 'post-processor' | 'datasource'
  readonly name: string
}

/** What a component answers about its configuration. */
interface Specs {
  readonly config: ObjectSpec
  /** Of a data source. */
  readonly output?: ObjectSpec
}

/** All components of a description, by kind. */
export function componentsOf(file: string, description: PluginDescription): readonly CheckedComponent[] {
  const { builders, provisioners, postProcessors, datasources } = description
  const named = (kind: CheckedComponent['kind'], names: readonly string[]) =>
    names.map((name) => ({ file, kind, name }))
  return [
    ...named('builder', builders),
    ...named('provisioner', provisioners),
    ...named('post-processor', postProcessors),
    ...named('datasource', datasources),
  ]
}

/**
 * Starts a component, as Packer does, in each serialisation that the plugin knows, and compares what it says of its
 * configuration in the one and in the other.
 */
export async function checkComponent(
  component: CheckedComponent,
  serialisations: readonly ('gob' | 'protobuf')[],
  timeout: number,
): Promise<PluginFinding> {
  const title = titleOf(component)
  const answers: Specs[] = []
  for (const serialisation of serialisations) {
    const log: string[] = []
    try {
      const protobuf = serialisation === 'protobuf'
      answers.push(await askSpecs({ ...component, protobuf, log, timeout }))
    } catch (error) {
      return bad(
        title,
        `in ${serialisation}: ${reasonOf(error)}`,
        'read its log above, or run it with PACKER_LOG=1',
      )
    }
    const crash = log.find((line) => line.includes('panic:'))
    if (crash)
      return bad(
        title,
        `in ${serialisation}: ${crash}`,
        'Packer takes this line for a crash: say it otherwise',
      )
  }
  if (!answers.every((each) => isDeepStrictEqual(each, answers[0])))
    return bad(
      title,
      `describes its configuration otherwise in ${serialisations.join(' than in ')}`,
      'update its SDK',
    )
  return good(title, `${sizeText(answers[0]!)}, in ${serialisations.join(' and ')}`)
}

function titleOf({ kind, name }: CheckedComponent): string {
  const noun = kind === 'datasource' ? 'data source' : kind
  return name === DEFAULT_COMPONENT ? `${noun} of the plugin’s own name` : `${noun} ${name}`
}

interface Asked extends CheckedComponent {
  readonly protobuf: boolean
  readonly log: string[]
  readonly timeout: number
}

async function askSpecs({ log, timeout, kind, ...asked }: Asked): Promise<Specs> {
  const signal = AbortSignal.timeout(timeout)
  return await ask[kind]({
    ...asked,
    signal,
    handshakeTimeout: timeout,
    onLog: (line) => void log.push(line),
  })
}

type How = StartOptions & { readonly signal: AbortSignal }

const ask: Readonly<Record<CheckedComponent['kind'], (how: How) => Promise<Specs>>> = {
  builder: async (how) => {
    await using plugin = await startPlugin({ ...how, kind: 'builder' })
    return await specsOf(plugin.builder, how.signal)
  },
  provisioner: async (how) => {
    await using plugin = await startPlugin({ ...how, kind: 'provisioner' })
    return await specsOf(plugin.provisioner, how.signal)
  },
  'post-processor': async (how) => {
    await using plugin = await startPlugin({ ...how, kind: 'post-processor' })
    return await specsOf(plugin.postProcessor, how.signal)
  },
  datasource: async (how) => {
    await using plugin = await startPlugin({ ...how, kind: 'datasource' })
    const specs = await specsOf(plugin.datasource, how.signal)
    return { ...specs, output: await inTime(plugin.datasource.outputSpec(), how.signal) }
  },
}

interface Configurable {
  configSpec(): Promise<ObjectSpec>
}

async function specsOf(component: Configurable, signal: AbortSignal): Promise<Specs> {
  return { config: await inTime(component.configSpec(), signal) }
}

function inTime<Value>(answer: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('it did not answer in time')))
  })
  return Promise.race([answer, late])
}

function sizeText({ config, output }: Specs): string {
  const options = counted(config, 'option')
  return output ? `${options}, ${counted(output, 'output')}` : options
}

function counted({ attributes }: ObjectSpec, noun: string): string {
  const { length } = Object.keys(attributes)
  return `${length} ${noun}${length === 1 ? '' : 's'}`
}
