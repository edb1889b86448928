import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { startChild } from '../children.ts'
import type { Figure, Reading } from '../figure.ts'
import { goPeer } from './go-peer.ts'
import { bundledPeer } from './plugins.ts'

const MB = 1_000_000

/** What a provisioner moves, and how much of it. */
const jobs = [
  { job: 'calls', name: 'calls of the ui, one after the other', amount: 20_000 },
  { job: 'ui', name: '100 MB said to the ui', amount: 100 * MB },
  { job: 'upload', name: '100 MB uploaded to the machine', amount: 100 * MB },
  { job: 'download', name: '100 MB downloaded from the machine', amount: 100 * MB },
  { job: 'command', name: "100 MB of a command's output", amount: 100 * MB },
] as const

/** How much memory may come with four times as much to move: megabytes. */
const FLAT = 25

export const wire: Figure = {
  name: 'plugin-wire',
  title: "a provisioner at work for Go's host: in TypeScript, and in Go",
  async measure({ quick }) {
    using ours = await bundledPeer()
    const go = await goPeer()
    const readings: Reading[] = []
    for (const { job, name, amount } of jobs) {
      const did: Did[][] = [[], []]
      for (let round = 0; round < (quick ? 3 : 7); round++)
        for (const [index, plugin] of [ours.file, go].entries())
          did[index]!.push(await doJob(go, { plugin, job, amount }))
      const [first, second] = did.map((all) => all.map(({ seconds }) => rate(job, amount, seconds)))
      readings.push({
        name,
        unit: job === 'calls' ? '/s' : 'MB/s',
        samples: first!,
        peers: [{ name: 'in Go', samples: second! }],
        aim: { of: 'share', atLeast: 0.5 },
      })
    }
    return [...readings, await flatness(go, ours.file, quick ? 1 : 3)]
  },
}

/** The most memory that the plugin's process has, for much and for little to move. */
async function flatness(host: string, plugin: string, rounds: number): Promise<Reading> {
  const [much, little]: number[][] = [[], []]
  for (let round = 0; round < rounds; round++) {
    much!.push((await doJob(host, { plugin, job: 'upload', amount: 400 * MB })).peak)
    little!.push((await doJob(host, { plugin, job: 'upload', amount: 100 * MB })).peak)
  }
  return {
    name: 'most memory, 400 MB uploaded',
    unit: 'MB',
    samples: much!,
    peers: [{ name: '100 MB uploaded', samples: little! }],
    aim: { of: 'excess', atMost: FLAT },
  }
}

interface Work {
  readonly plugin: string
  readonly job: string
  readonly amount: number
}

interface Did {
  readonly seconds: number
  /** Megabytes of the plugin's process at its most. */
  readonly peak: number
}

async function doJob(host: string, { plugin, job, amount }: Work): Promise<Did> {
  const child = startChild(host, ['host', plugin, job, String(amount)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [printed] = await Promise.all([text(child.stdout!), once(child, 'exit')])
  return JSON.parse(printed)
}

function rate(job: string, amount: number, seconds: number): number {
  return job === 'calls' ? amount / seconds : amount / MB / seconds
}
