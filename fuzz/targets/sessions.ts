import { setImmediate as turn } from 'node:timers/promises'
import { connectComponent } from '../../packages/plugin-rpc/src/host/connect-component.ts'
import { ServedComponent } from '../../packages/plugin-rpc/src/plugin/serve-component.ts'
import { memoryPipe } from '../../packages/plugin-rpc/src/yamux/memory-pipe.ts'
import { RawEnd } from '../../packages/plugin-rpc/test/raw-end.ts'
import {
  componentOf,
  readRecording,
  recordingNames,
  type Speaker,
} from '../../packages/plugin-rpc/test/recording.ts'
import { askedOf, componentFor } from '../../packages/plugin-rpc/test/spoilable.ts'
import type { Target } from '../target.ts'

/** Turns of this process in which an end answers what it was sent. */
const TURNS = 4

const covers = /plugin-rpc\/src/
const log = () => {}

const names = recordingNames().filter((name) =>
  /^1\.(7\.10|16\.0)-(build|json|gob|retry|interrupted)-/.test(name),
)

/** What one end said in the sessions of one kind of component, each as one input. */
const spoken = (by: Speaker, kind: string) => () =>
  ofKind(kind).map((name) =>
    Buffer.concat(
      readRecording(name)
        .pieces.filter(({ from }) => from === by)
        .map(({ bytes }) => bytes),
    ),
  )

const ofKind = (kind: string) => names.filter((name) => name.endsWith(`-${kind}`))

async function toPlugin(name: string, bytes: Uint8Array): Promise<void> {
  const [pluginEnd, hostEnd] = memoryPipe()
  const { protobuf } = componentOf(name)
  const served = new ServedComponent(pluginEnd, componentFor(name), { protobuf, log })
  const raw = new RawEnd(hostEnd)
  const ended = Promise.allSettled([served.ended])
  await raw.writeAndWait(bytes)
  for (let turns = 0; turns < TURNS; turns++) await turn()
  raw.end()
  const [{ status, ...how }] = await ended
  if (status === 'rejected') throw (how as PromiseRejectedResult).reason
}

async function toHost(name: string, bytes: Uint8Array): Promise<void> {
  const [hostEnd, pluginEnd] = memoryPipe()
  const raw = new RawEnd(pluginEnd)
  const { protobuf } = componentOf(name)
  const settled = connectComponent(hostEnd, { protobuf, log }).then((host) =>
    Promise.allSettled(askedOf(host, name)),
  )
  settled.catch(() => {})
  await raw.writeAndWait(bytes)
  for (let turns = 0; turns < TURNS; turns++) await turn()
  raw.end()
  const failed = (await settled).filter((one) => one.status === 'rejected').map(({ reason }) => reason)
  const unexpected = failed.find(({ name }) => !['WireError', 'RemoteError'].includes(name))
  if (unexpected) throw unexpected
}

const kinds = ['builder', 'provisioner', 'post-processor', 'datasource']

/** Whole conversations: all that one end says to the other. */
export const sessions: readonly Target[] = kinds.flatMap((kind) => {
  const name = ofKind(kind)[0]!
  return [
    {
      name: `plugin-${kind}`,
      title: `all that a host says to a ${kind}`,
      covers,
      refuses: ['WireError'],
      seeds: spoken('host', kind),
      decode: (bytes: Uint8Array) => toPlugin(name, bytes),
    },
    {
      name: `host-${kind}`,
      title: `all that a ${kind} says to its host`,
      covers,
      refuses: ['WireError'],
      seeds: spoken('plugin', kind),
      decode: (bytes: Uint8Array) => toHost(name, bytes),
    },
  ]
})
