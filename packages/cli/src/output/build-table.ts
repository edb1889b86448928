import type { Build } from '@ingot/client'
import { table } from './table.ts'
import { statusWord } from './words.ts'

/** Builds with their images, a line for each image. */
export function buildTable(builds: readonly Build[]): string {
  if (builds.length === 0) return 'It has no builds yet.'
  const rows = builds.flatMap(({ component_type: component, status, platform, artifacts }) => {
    const made = artifacts.length > 0 ? artifacts : [{ region: '', external_identifier: '' }]
    return made.map(({ region, external_identifier: image }, index) =>
      index === 0 ? [component, statusWord(status), platform, region, image] : ['', '', '', region, image],
    )
  })
  return table(['BUILD', 'STATUS', 'PLATFORM', 'REGION', 'IMAGE'], rows)
}
