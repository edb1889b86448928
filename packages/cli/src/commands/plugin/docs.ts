import type { DocsOutcome } from '@ingot/plugin-sdk'
import type { Command } from 'commander'
import { exitCode } from '../../exit-code.ts'
import type { Output } from '../../output/output.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot plugin docs`: pages made of a plugin's schemas. */
export function docs(command: Command): void {
  command
    .command('docs <entry>')
    .description('Write the documentation of a plugin, from its schemas, as HashiCorp lays it out')
    .option('-o, --out <folder>', 'the folder for the pages, for example docs/; standard output unless told')
    .option('--source <address>', 'say how to install it from there, for example github.com/acme/tarball')
    .option('--check', 'write nothing, and fail where the pages in the folder are stale')
    .addHelpText(
      'after',
      `
Examples:
  ingot plugin docs src/plugin.ts --out docs/ --source github.com/acme/tarball
  ingot plugin docs src/plugin.ts --out docs/ --check`,
    )
    .action(async (entry: string, flags: DocsFlags, at: Command) => {
      const { pluginDocs, writePluginDocs } = await import('@ingot/plugin-sdk')
      const { print } = settingsOf(at)
      const { out, source, check = false } = flags
      const options = { entry, ...(source ? { source } : {}) }
      if (out === undefined && !check) {
        const pages = await pluginDocs(options)
        print.result(pages, () =>
          pages.map(({ path, content }) => `<!-- ${path} -->\n\n${content}`).join('\n'),
        )
        return
      }
      const outcome = await writePluginDocs({ ...options, folder: out ?? 'docs', check })
      print.result(outcome, () => summary(outcome, check))
      if (check) tellStale(outcome, print, entry)
    })
}

interface DocsFlags {
  readonly out?: string
  readonly source?: string
  readonly check?: boolean
}

function summary({ folder, pages, changed, removed }: DocsOutcome, check: boolean): string {
  const [was, gone] = check ? ['stale', 'of a component that is no more'] : ['written', 'removed']
  return [
    ...changed.map((page) => `${was}  ${page}`),
    ...removed.map((page) => `${gone}  ${page}`),
    `${pages.length} pages in ${folder}, ${changed.length + removed.length} ${check ? 'stale' : 'changed'}`,
  ].join('\n')
}

function tellStale({ folder, changed, removed }: DocsOutcome, print: Output, entry: string): void {
  if (changed.length + removed.length === 0) return
  print.note(
    `Next:  ingot plugin docs ${entry} --out ${folder}   with the --source of before, if there was one.`,
  )
  process.exitCode = exitCode.unhealthy
}
