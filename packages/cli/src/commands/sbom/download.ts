import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { UserError } from '../../explain.ts'
import { sbomCalled } from '../../named/sbom.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot sbom download`. */
export function downloadSbom(sbom: Command): void {
  sbom
    .command('download <bucket> <version> [name]')
    .description('Print a bill of materials as it was attached, or write it to a file')
    .option('--build <name>', 'the build that it is of, where several have one of the name')
    .option('--out <file>', 'where to write it')
    .addHelpText('after', '\nExample:\n  ingot sbom download base-ubuntu v12 os-packages --out sbom.json')
    .action(async (bucket: string, version: string, name: string | undefined, flags: Flags, at: Command) => {
      const settings = settingsOf(at)
      const { build, out } = flags
      const document = await withClient(settings, async (client) => {
        const found = await sbomCalled(client, { bucket, version, name, build })
        return client.sboms.document(found.at, found.sbom.name)
      })
      if (out === undefined) process.stdout.write(document)
      else await write(out, document)
    })
}

interface Flags {
  readonly build?: string
  readonly out?: string
}

async function write(file: string, document: string): Promise<void> {
  try {
    await writeFile(file, document)
  } catch (cause) {
    throw new UserError(`${file} cannot be written: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    })
  }
}
