import type { Outcome } from './command.ts'

/** Packer died of a fault of its own that another try does not meet. */
export class PackerRace extends Error {
  override readonly name = 'PackerRace'
}

/** What `vitest.config.ts` recognises the fault by. */
export const packerRace = "packer's own race"

/**
 * All releases write to a map without a lock when two builds of a template start. When the registry's two answers
 * come in the same instant, Go's runtime ends packer with "fatal error: concurrent map writes": status 2, and not a
 * word to the user, as packer keeps its stderr for its log. What packer itself ends with is 0 or 1, and a panic has
 * a banner.
 */
export function refuseRace({ exitCode, output }: Outcome): void {
  if (exitCode === 2 && !output.includes('PACKER CRASH')) {
    throw new PackerRace(`This is ${packerRace} at the start of two builds:\n${output}`)
  }
}
