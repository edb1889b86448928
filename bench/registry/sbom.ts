import type { Figure, Reading } from '../figure.ts'
import { inProcess } from '../load/in-process.ts'
import type { SbomOrders, SbomRound } from '../load/sbom-load.ts'

const megabyte = 1_000_000

export const sbom: Figure = {
  name: 'sbom',
  title: 'a bill of materials of 5 MB with packages that are new, from the call until they are found',
  async measure({ quick }) {
    const readings: Reading[] = []
    for (const [bytes, aims] of [
      [5 * megabyte, true],
      [0.5 * megabyte, false],
      [0.05 * megabyte, false],
    ] as const) {
      const rounds = await inProcess<SbomRound[]>('sbom-load.ts', {
        bytes,
        rounds: quick ? 4 : 8,
      } satisfies SbomOrders)
      const of = (key: keyof SbomRound) => rounds.slice(1).map((round) => round[key]) // the first warms the code
      const size = `bill of materials of ${bytes / megabyte} MB`
      readings.push({
        ...{ name: `${size}, until it is searched`, unit: 'ms', samples: of('searchable') },
        peers: [{ name: 'bare: unpack, parse, write in one transaction', samples: of('bare') }],
        ...(aims && { aim: { of: 'value', atMost: 700 } as const }),
      })
      readings.push({
        ...{ name: `${size}, longest stall of the event loop`, unit: 'ms', samples: of('stall') },
        ...(aims && { aim: { of: 'value', atMost: 50 } as const }),
      })
    }
    return readings
  },
}
