import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { hasSshd, Sshd } from '../../packages/plugin-sdk/test/sshd/sshd.ts'
import { startChild } from '../children.ts'
import { type Figure, type Reading, Skip } from '../figure.ts'
import { goPeer } from './go-peer.ts'

const MB = 1_000_000

/** How much memory may come with four times as much to move: megabytes. */
const FLAT = 25

const program = join(import.meta.dirname, 'ssh-transfer.ts')

export const ssh: Figure = {
  name: 'ssh-transfer',
  title: "100 MB to and from Debian's SSH server on this machine, by a communicator in TypeScript and Go's",
  async measure({ quick }) {
    if (!hasSshd()) throw new Skip("there is no SSH server: install Debian's openssh-server")
    const go = await goPeer()
    await using server = await Sshd.start()
    const readings: Reading[] = []
    for (const protocol of ['sftp', 'scp'])
      for (const direction of ['upload', 'download']) {
        const rates: number[][] = [[], []]
        for (let round = 0; round < (quick ? 1 : 3); round++) {
          const what = { protocol, direction, amount: 100 * MB }
          rates[0]!.push((100 * MB) / MB / (await ours(server, what)).seconds)
          rates[1]!.push((100 * MB) / MB / (await inGo(go, server, what)).seconds)
        }
        readings.push({
          name: `${protocol} ${direction}`,
          unit: 'MB/s',
          samples: rates[0]!,
          peers: [{ name: "Go's", samples: rates[1]! }],
          aim: { of: 'share', atLeast: 0.5 },
        })
      }
    return [...readings, await flatness(server)]
  },
}

interface Transfer {
  readonly protocol: string
  readonly direction: string
  readonly amount: number
}

interface Did {
  readonly seconds: number
  /** Megabytes of the process at its most. */
  readonly peak: number
}

async function flatness(server: Sshd): Promise<Reading> {
  const peak = async (megabytes: number) =>
    (await ours(server, { protocol: 'sftp', direction: 'upload', amount: megabytes * MB })).peak
  return {
    name: 'most memory, 400 MB uploaded by sftp',
    unit: 'MB',
    samples: [await peak(400)],
    peers: [{ name: '100 MB uploaded', samples: [await peak(100)] }],
    aim: { of: 'excess', atMost: FLAT },
  }
}

function ours(server: Sshd, transfer: Transfer): Promise<Did> {
  return run(process.execPath, [program, '127.0.0.1', String(server.port), ...words(server, transfer)])
}

function inGo(file: string, server: Sshd, transfer: Transfer): Promise<Did> {
  return run(file, ['ssh', `127.0.0.1:${server.port}`, ...words(server, transfer)])
}

function words(server: Sshd, { protocol, direction, amount }: Transfer): string[] {
  return [server.username, server.path('key'), protocol, direction, server.path('file'), String(amount)]
}

async function run(file: string, args: readonly string[]): Promise<Did> {
  const child = startChild(file, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [printed, [status]] = await Promise.all([text(child.stdout!), once(child, 'exit')])
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} ended with status ${status}`)
  return JSON.parse(printed)
}
