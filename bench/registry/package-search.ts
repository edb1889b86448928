import type { Figure, Reading } from '../figure.ts'
import { inProcess } from '../load/in-process.ts'
import type { SearchOrders, SearchRound } from '../load/package-search-load.ts'

export const packageSearch: Figure = {
  name: 'package-search',
  title: 'a package and a range of its versions in all buckets, among 5 million rows and fewer',
  async measure({ quick }) {
    const readings: Reading[] = []
    for (const rows of quick ? [500_000, 50_000] : [5_000_000, 500_000, 50_000]) {
      const orders: SearchOrders = { rows, rounds: 9 }
      const rounds = await inProcess<SearchRound[]>('package-search-load.ts', orders)
      const aim = { of: 'value', atMost: 100 } as const
      for (const [key, what] of [
        ['common', 'that all have'],
        ['rare', 'that few have'],
      ] as const)
        readings.push({
          ...{ name: `package ${what}, ${rows.toLocaleString('en')} rows`, unit: 'ms', aim },
          samples: rounds.map((round) => round[key]),
        })
    }
    return readings
  },
}
