import type { Command } from 'commander'
import { diffPackages } from './diff.ts'
import { downloadSbom } from './download.ts'
import { listSboms } from './list.ts'
import { listPackages } from './packages.ts'
import { searchPackages } from './search.ts'
import { showSbom } from './show.ts'
import { uploadSbom } from './upload.ts'

/** `ingot sbom …`: bills of materials, and the packages that they name. */
export function sbom(ingot: Command): void {
  const command = ingot
    .command('sbom')
    .description('Bills of materials: attach, list and download them; find and compare packages')
  for (const add of [
    ...[uploadSbom, listSboms, showSbom, downloadSbom],
    ...[listPackages, diffPackages, searchPackages],
  ])
    add(command)
}
