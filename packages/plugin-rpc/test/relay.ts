import type { Builder, Component } from '../src/components.ts'
import { connectComponent } from '../src/host/connect-component.ts'
import { ServedComponent } from '../src/plugin/serve-component.ts'
import type { ObjectSpec } from '../src/spec/hcl-spec.ts'
import type { SeenFrame } from './raw-end.ts'
import type { RecordedStreams } from './recorded-calls.ts'
import { RecordedEnd } from './recorded-end.ts'
import { componentOf, framesOf, readRecording } from './recording.ts'

/** Milliseconds, and turns of this process, in which nothing moves before a recorded end says what it is not time for. */
const SILENCE = 100
const TURNS = 200

/** Milliseconds after which ours have said what follows from the last that they heard, cancels included. */
const LAST_WORDS = 15

export interface Relayed {
  /** What passed between the recorded host and our plugin, and between our host and the recorded plugin. */
  readonly streams: Readonly<Record<'plugin' | 'host', RecordedStreams>>
  /** Each frame of our host. */
  readonly hostFrames: readonly SeenFrame[]
  /** Frames of recorded ends that had to be said though their time had not come. */
  readonly skipped: readonly string[]
}

/**
 * Stands between the two recorded ends of a session, as a plugin to the host and as a host to the plugin: what our plugin
 * serves is our client of the recorded one. So all that the one said goes through everything of ours to the other.
 */
export async function relay(name: string): Promise<Relayed> {
  const frames = framesOf(readRecording(name).pieces)
  const { kind, protobuf } = componentOf(name)
  const [host, plugin] = [new RecordedEnd(frames, 'host'), new RecordedEnd(frames, 'plugin')]
  const log = () => {}
  const connecting = connectComponent(plugin.transport, { protobuf, log })
  plugin.goOn()
  const connected = await untilConnected(connecting, plugin)
  const component = inBothEncodings(connected.client(kind))
  const served = new ServedComponent(host.transport, component, { protobuf, log })
  const skipped = await play(host, plugin)
  host.end()
  plugin.end()
  await Promise.all([served.ended, connected.close()])
  return { streams: { plugin: host.spoken(), host: plugin.spoken() }, hostFrames: plugin.seen, skipped }
}

async function untilConnected<T>(connecting: Promise<T>, plugin: RecordedEnd): Promise<T> {
  let done = false
  const connected = connecting.finally(() => {
    done = true
  })
  while (!done) {
    await new Promise((resolve) => setImmediate(resolve))
    plugin.goOn()
  }
  return connected
}

async function play(host: RecordedEnd, plugin: RecordedEnd): Promise<string[]> {
  const skipped: string[] = []
  while (!host.over || !plugin.over) {
    if (await moves(host, plugin)) continue
    const stuck = host.over ? plugin : host
    skipped.push(stuck.skip())
  }
  await new Promise((resolve) => setTimeout(resolve, LAST_WORDS))
  return skipped
}

/** Lets both ends say what they can, and waits for what follows; false where nothing does. */
async function moves(host: RecordedEnd, plugin: RecordedEnd): Promise<boolean> {
  const heard = host.seen.length + plugin.seen.length
  const begun = performance.now()
  for (let turns = 0; turns < TURNS || performance.now() - begun < SILENCE; turns++) {
    if ([host.goOn(), plugin.goOn()].includes(true) || host.seen.length + plugin.seen.length > heard)
      return true
    await new Promise((resolve) => setImmediate(resolve))
  }
  return false
}

function inBothEncodings(component: Component): Component {
  const changed = Object.entries(component).map(([kind, one]: [string, Builder]) => {
    const configSpec = async () => withoutOnlyInGob(await one.configSpec())
    return [kind, { ...one, configSpec }]
  })
  return Object.fromEntries(changed)
}

/** Ours tells no attributes of types that only gob has a word for. */
export function withoutOnlyInGob({ kind, attributes }: ObjectSpec): ObjectSpec {
  const onlyInGob = ['a_obj', 'a_set', 'a_tup']
  return {
    kind,
    attributes: Object.fromEntries(Object.entries(attributes).filter(([name]) => !onlyInGob.includes(name))),
  }
}
