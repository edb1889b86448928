import type { Measured } from './figure.ts'

/** What is measured side by side: its name, and one round of it, which answers a number. */
export type Contender = readonly [name: string, round: () => Promise<number>]

/** Measures each contender once a round, one after the other, so that a busy moment of the machine meets all of them. */
export async function inRounds(rounds: number, contenders: readonly Contender[]): Promise<Measured[]> {
  const samples = contenders.map((): number[] => [])
  for (let round = 0; round < rounds; round++) {
    for (const [index, [, measure]] of contenders.entries()) samples[index]!.push(await measure())
  }
  return contenders.map(([name], index) => ({ name, samples: samples[index]! }))
}

/** Milliseconds that something takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
