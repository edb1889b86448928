import { copyFile, mkdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { config, definePostProcessor } from '@ingot/plugin-sdk'

/** Copies an image out of its store. */
export const exported = definePostProcessor({
  doc: 'Copies the file of an image to where you want it.',
  config: config({
    output: config
      .string()
      .required()
      .verbatim()
      .doc('The file to write; `{{ .ID }}` is the id of the image.'),
  }),
  async run({ config, artifact, ui, render }) {
    const [file] = artifact.files
    if (file === undefined) throw new Error(`The artifact of ${artifact.builderId} has no file to export`)
    const output = render(config.output, { data: { ID: artifact.id.replace(':', '-') } })
    await mkdir(dirname(output), { recursive: true })
    await copyFile(file, output)
    void ui.say(`Exported to ${output}`)
    // Its images stay those of the image in the store, which stays as well.
    return { from: artifact, files: [output], destroy: () => rm(output, { force: true }) }
  },
})
