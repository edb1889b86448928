import type { PublishedArtifact } from '@ingot/engine'
import { table } from './table.ts'

/** Ways to name one artifact, shortest first. */
const ways = [['region'], ['component'], ['platform'], ['component', 'region']] as const

/** Artifacts that fit a look-up, each with the options that choose it alone. */
export function candidateTable(candidates: readonly PublishedArtifact[]): string {
  const way =
    ways.find((names) => tellsApart(candidates, names)) ?? (['component', 'region', 'platform'] as const)
  const rows = candidates.map((candidate) => {
    const { platform, region, imageId, component } = candidate
    const options = way.filter((name) => candidate[name]).map((name) => `--${name} ${candidate[name]}`)
    return [platform, region, imageId, component, options.join(' ')]
  })
  return table(['PLATFORM', 'REGION', 'IMAGE', 'COMPONENT', 'TO CHOOSE IT'], rows)
}

function tellsApart(
  candidates: readonly PublishedArtifact[],
  names: readonly ('platform' | 'region' | 'component')[],
): boolean {
  const keys = candidates.map((candidate) => names.map((name) => candidate[name]))
  return (
    keys.every((key) => key.some((part) => part !== '')) &&
    new Set(keys.map((key) => JSON.stringify(key))).size === candidates.length
  )
}
