import type { Release } from '@ingot/plugin-sdk'
import type { Command } from 'commander'
import { sizeText } from '../../output/output.ts'
import { table } from '../../output/table.ts'
import { settingsOf } from '../../settings.ts'
import { append } from './platform-option.ts'

/** `ingot plugin release`: what `packer init` installs from. */
export function release(command: Command): void {
  command
    .command('release <entry>')
    .description('Make the files of a release from which "packer init" installs')
    .option('-o, --out <folder>', 'the folder for the files', 'dist/release/')
    .option('--plugin-version <version>', "instead of the plugin's own")
    .option(
      '--platform <os_arch>',
      'for this machine, for example linux_amd64; may be repeated (linux and darwin on amd64 and arm64, windows_amd64)',
      append,
    )
    .option('--executables', 'put Node into each file, not only into those for Windows')
    .option('--source <address>', 'refuse a plugin of another name, for example github.com/acme/tarball')
    .option('--sign [key]', 'sign the checksums with GnuPG')
    .addHelpText(
      'after',
      `
Examples:
  ingot plugin release src/plugin.ts --sign
  ingot plugin release src/plugin.ts --platform linux_amd64 --platform windows_amd64`,
    )
    .action(async (entry: string, flags: ReleaseFlags, at: Command) => {
      const { releasePlugin } = await import('@ingot/plugin-sdk')
      const { print } = settingsOf(at)
      const made = await releasePlugin({ ...releaseOptions(entry, flags), onProgress: print.note })
      print.result(made, () => filesText(made))
      print.note(nextStep(made))
    })
}

interface ReleaseFlags {
  readonly out: string
  readonly pluginVersion?: string
  readonly platform?: readonly string[]
  readonly executables?: boolean
  readonly source?: string
  readonly sign?: true | string
}

function releaseOptions(entry: string, flags: ReleaseFlags) {
  const { out: outdir, pluginVersion: version, platform: platforms, executables, source, sign } = flags
  return {
    entry,
    outdir,
    ...(version ? { version } : {}),
    ...(platforms ? { platforms } : {}),
    ...(executables ? { executables } : {}),
    ...(source ? { source } : {}),
    ...(sign ? { sign } : {}),
  }
}

function filesText({ files, folder }: Release): string {
  const rows = files.map(({ name, size, sha256 }) => [name, sizeText(size), sha256])
  return `${table(['FILE', 'SIZE', 'SHA-256'], rows)}\nin ${folder}`
}

function nextStep({ name, tag, folder, files }: Release): string {
  const all = files.map((file) => file.name).every((file) => file.startsWith(`packer-plugin-${name}_${tag}`))
  const what = all ? `${folder}/packer-plugin-${name}_${tag}*` : `${folder}/*`
  return (
    `Next, in the repository packer-plugin-${name}:  git tag ${tag} && git push origin ${tag}\n` +
    `       gh release create ${tag} ${what}`
  )
}
