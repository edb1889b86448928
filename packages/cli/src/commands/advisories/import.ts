import type { AdvisoryImport } from '@ingot/client'
import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { advisoriesIn } from '../../osv/advisory-files.ts'
import { importAdvisories } from '../../osv/import-advisories.ts'
import { settingsOf } from '../../settings.ts'

/** Milliseconds between two lines of progress. */
const progressEvery = 2000

/** `ingot advisories import`. */
export function importFile(advisories: Command): void {
  advisories
    .command('import <file>')
    .description('Import an OSV export: a zip archive or folder of JSON files, a JSON array, or JSON lines')
    .addHelpText(
      'after',
      `
Nothing is downloaded: fetch an export where you may, for example https://osv-vulnerabilities.storage.googleapis.com/Debian/all.zip
An import can be repeated: advisories that are here and as new change nothing.

Examples:
  ingot advisories import all.zip
  ingot advisories import advisories/`,
    )
    .action(async (file: string, _options: object, at: Command) => {
      const settings = settingsOf(at)
      let next = performance.now() + progressEvery
      const sum = await withClient(settings, (client) =>
        importAdvisories(client, advisoriesIn(file), (so) => {
          if (performance.now() < next) return
          next = performance.now() + progressEvery
          settings.print.note(`${total(so)} advisories so far …`)
        }),
      )
      settings.print.result(sum, () => importText(sum))
    })
}

function total({ added, updated, unchanged, ignored }: AdvisoryImport): number {
  return added + updated + unchanged + ignored
}

function importText(sum: AdvisoryImport): string {
  const { added, updated, unchanged, ignored } = sum
  const left = ignored === 0 ? '' : `, ${ignored} of ecosystems that nothing is held against`
  return `${total(sum)} advisories read: ${added} new, ${updated} newer, ${unchanged} as before${left}.`
}
