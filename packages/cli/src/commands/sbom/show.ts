import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { type NamedSbom, sbomCalled } from '../../named/sbom.ts'
import { fields } from '../../output/fields.ts'
import { when } from '../../output/when.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot sbom show`. */
export function showSbom(sbom: Command): void {
  sbom
    .command('show <bucket> <version> [name]')
    .description('Show a bill of materials: its format, how many packages it names, who attached it')
    .option('--build <name>', 'the build that it is of, where several have one of the name')
    .addHelpText('after', '\nExample:\n  ingot sbom show base-ubuntu v12 os-packages')
    .action(async (bucket: string, version: string, name: string | undefined, flags: Flags, at: Command) => {
      const settings = settingsOf(at)
      const found = await withClient(settings, (client) =>
        sbomCalled(client, { bucket, version, name, ...flags }),
      )
      settings.print.result({ component_type: found.component, ...found.sbom }, () => sbomText(found))
    })
}

interface Flags {
  readonly build?: string
}

function sbomText({ component, sbom }: NamedSbom): string {
  return fields({
    Name: sbom.name,
    Id: sbom.id,
    Build: component,
    Format: `${sbom.format} ${sbom.format_version}`,
    Packages: String(sbom.package_count),
    Attached: `${when(sbom.created_at)} by ${sbom.author}`,
    Late: sbom.late ? 'yes: the build was over, so that nobody knows that it describes this very image' : '',
  })
}
