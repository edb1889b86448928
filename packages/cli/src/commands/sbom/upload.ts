import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { UserError } from '../../explain.ts'
import { buildCalled } from '../../named/build.ts'
import { placeOf } from '../../named/sbom.ts'
import { versionCalled } from '../../named/version.ts'
import { versionWord } from '../../output/words.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot sbom upload`. */
export function uploadSbom(sbom: Command): void {
  sbom
    .command('upload <file> <bucket> <version>')
    .description('Attach a bill of materials, CycloneDX or SPDX as JSON, to a build')
    .option('--build <name>', 'its component, as amazon-ebs.ubuntu, or its id; the only one unless told')
    .option('--name <name>', '3 to 36 letters, digits and hyphens; one of the same name is replaced')
    .addHelpText(
      'after',
      `
VERSION is a number, as v12, or a fingerprint. When the build is over, the bill of materials is marked as late.

Example:
  ingot sbom upload sbom.cdx.json base-ubuntu v12 --name os-packages`,
    )
    .action(async (file: string, bucket: string, word: string, flags: Flags, at: Command) => {
      const settings = settingsOf(at)
      const { build: component, name } = flags
      const document = await readDocument(file)
      const format = formatOf(document, file)
      const sent = { format, compressed: await compress(document), ...(name ? { name } : {}) }
      const done = await withClient(settings, async (client) => {
        const version = await versionCalled(client, bucket, word)
        const build = buildCalled(version, component)
        const late = build.status !== 'BUILD_RUNNING'
        const place = placeOf(version, build)
        const kept = await (late ? client.sboms.attach(place, sent) : client.sboms.upload(place, sent))
        return {
          bucket,
          version: versionWord(version),
          build: build.component_type,
          name: kept,
          format,
          late,
        }
      })
      settings.print.result(done, () => {
        const late = done.late ? ', marked as late: the build was over' : ''
        return `${done.name} is attached to ${bucket} ${done.version} ${done.build}${late}.`
      })
    })
}

interface Flags {
  readonly build?: string
  readonly name?: string
}

/** With zstd, which the interface asks for and Node has since 22.15. */
async function compress(document: Buffer): Promise<Buffer> {
  const { zstdCompress } = zlib as Partial<typeof zlib>
  if (zstdCompress) return promisify(zstdCompress)(document)
  throw new UserError(`Node ${process.versions.node} cannot compress with zstd. Run ingot with Node 24.`)
}

async function readDocument(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (cause) {
    throw new UserError(`${file} cannot be read: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    })
  }
}

function formatOf(document: Buffer, file: string): 'CYCLONEDX' | 'SPDX' {
  const json = parse(document, file)
  const fields = typeof json === 'object' && json !== null ? json : {}
  if ('bomFormat' in fields && fields.bomFormat === 'CycloneDX') return 'CYCLONEDX'
  if ('spdxVersion' in fields) return 'SPDX'
  throw new UserError(
    `${file} is neither CycloneDX ("bomFormat": "CycloneDX") nor SPDX ("spdxVersion") as JSON.`,
  )
}

function parse(document: Buffer, file: string): unknown {
  try {
    return JSON.parse(document.toString())
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : cause
    throw new UserError(`${file} is not JSON (${problem}). Write the bill of materials as JSON.`, { cause })
  }
}
