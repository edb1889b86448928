import { createHash } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { config, definePostProcessor } from '@ingot/plugin-sdk'

export const settings = config({
  algorithm: config.string().oneOf('sha256', 'sha512').default('sha256').doc('How the files are summed up.'),
})

/** Writes a checksum beside every file of the artifact: put your own work in its place. */
export const checksums = definePostProcessor({
  doc: 'Writes a checksum beside every file of the artifact.',
  config: settings,
  async run({ config, artifact, ui }) {
    if (artifact.files.length === 0)
      throw new Error('There are no files: put this behind a builder that makes some')
    const written = await Promise.all(artifact.files.map((file) => sumUp(file, config.algorithm)))
    ui.say(`Wrote ${written.join(', ')}`)
    return {
      from: artifact,
      files: [...artifact.files, ...written],
      destroy: async () => void (await Promise.all(written.map((file) => rm(file, { force: true })))),
    }
  },
})

async function sumUp(file: string, algorithm: string): Promise<string> {
  const sum = createHash(algorithm)
    .update(await readFile(file))
    .digest('hex')
  await writeFile(`${file}.${algorithm}`, `${sum}\n`)
  return `${file}.${algorithm}`
}
